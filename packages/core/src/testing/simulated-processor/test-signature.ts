import { fromInstant, type Instant } from '../../time/index.ts'

/** Name of the header that carries the signature of the test processor's webhooks. */
export const TEST_SIGNATURE_HEADER = 'Bursar-Test-Signature'

/**
 * The signature of a webhook, `t=<unix seconds>,v1=<hex>`, as Stripe makes it: HMAC-SHA256 over `t.rawBody`.
 * Several secrets give several `v1`, as during a rotation.
 *
 * @see https://docs.stripe.com/webhooks#verify-manually
 */
export async function signTestEvent(input: {
  readonly secrets: readonly string[]
  readonly rawBody: string | Uint8Array
  readonly at: Instant
}): Promise<string> {
  const time = String(Math.floor(fromInstant(input.at) / 1000))
  const signed = signedBytes(time, input.rawBody)
  const signatures = await Promise.all(
    input.secrets.map(async (secret) => {
      const signature = await crypto.subtle.sign('HMAC', await hmacKey(secret, 'sign'), signed)
      return `v1=${toHex(new Uint8Array(signature))}`
    }),
  )
  return [`t=${time}`, ...signatures].join(',')
}

/** What a signature header says. */
export interface TestSignature {
  /** Unix seconds. */
  readonly time: number
  /** Does one of the `v1` match? Compared in constant time. */
  readonly isGenuine: boolean
}

/** Reads and checks a signature header; null when it is missing or no such header. */
export async function readTestSignature(input: {
  readonly header: string | null
  readonly secret: string
  readonly rawBody: Uint8Array
}): Promise<TestSignature | null> {
  const parts = (input.header ?? '').split(',').map((part) => part.trim())
  const time = parts.find((part) => /^t=\d{1,12}$/.test(part))?.slice(2)
  const signatures = parts.filter((part) => /^v1=[0-9a-f]{64}$/.test(part)).map((part) => part.slice(3))
  if (time === undefined || signatures.length === 0) return null
  const key = await hmacKey(input.secret, 'verify')
  const signed = signedBytes(time, input.rawBody)
  const matches = await Promise.all(
    signatures.map((signature) => crypto.subtle.verify('HMAC', key, fromHex(signature), signed)),
  )
  return { time: Number(time), isGenuine: matches.includes(true) }
}

function signedBytes(time: string, rawBody: string | Uint8Array): Uint8Array<ArrayBuffer> {
  const head = new TextEncoder().encode(`${time}.`)
  const body = typeof rawBody === 'string' ? new TextEncoder().encode(rawBody) : rawBody
  const bytes = new Uint8Array(head.length + body.length)
  bytes.set(head)
  bytes.set(body, head.length)
  return bytes
}

/** The type of a key is not global everywhere. */
function hmacKey(secret: string, use: 'sign' | 'verify'): ReturnType<typeof crypto.subtle.importKey> {
  const bytes = new TextEncoder().encode(secret)
  return crypto.subtle.importKey('raw', bytes, { name: 'HMAC', hash: 'SHA-256' }, false, [use])
}

function toHex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
}

function fromHex(hex: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16))
}
