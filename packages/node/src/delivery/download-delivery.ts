import { createHmac, timingSafeEqual } from 'node:crypto'
import type { FulfilmentProvider, Instant, Json, Runtime } from '@bursar/core'
import { addMilliseconds, systemRuntime } from '@bursar/core'

/** How downloads are delivered. */
export interface DownloadDeliveryOptions {
  /** Address under which the host serves files, such as `https://shop.example.org/downloads`. */
  readonly baseUrl: string
  /** Secrets of at least 32 characters: the first signs, all are accepted, so that one can replace another. */
  readonly secret: string | readonly string[]
  /** For how many minutes an address works, 1 to 525,600. */
  readonly validMinutes: number
  /** The clock. @default the system's */
  readonly runtime?: Pick<Runtime, 'now'> | undefined
}

/** What an address allows. */
export type DownloadCheck =
  | { outcome: 'valid'; file: string; grantId: string }
  | { outcome: 'expired'; file: string; grantId: string }
  | { outcome: 'bad_signature' }

/** A provider of downloads. */
export interface DownloadDelivery extends FulfilmentProvider {
  /**
   * Checks an address that somebody asked for, before the file is served. Ask also whether the grant still lives: an
   * address handed out before a withdrawal works until it expires.
   */
  verifyDownload(url: string): DownloadCheck
}

const SHORTEST_SECRET = 32
const LONGEST_MINUTES = 525_600

/**
 * Delivers files by signed addresses that expire. Target: `{ file: 'guides/algebra.pdf' }`, a relative path.
 * It keeps no records. Who looks at what they bought is shown an address signed at that moment, for as long as their right lasts.
 *
 * @throws Error when the secret is too short, the address no http address or the time out of range.
 */
export function downloadDelivery(options: DownloadDeliveryOptions): DownloadDelivery {
  const { validMinutes, runtime = systemRuntime() } = options
  const base = checkedBase(options.baseUrl)
  const secrets = checkedSecrets(options.secret)
  if (!Number.isInteger(validMinutes) || validMinutes < 1 || validMinutes > LONGEST_MINUTES) {
    throw new Error(`validMinutes is a whole number from 1 to ${LONGEST_MINUTES}, not ${validMinutes}.`)
  }

  function addressOf(file: string, grantId: string, expiresAt: Instant): string {
    const url = new URL(`${base}/${file.split('/').map(encodeURIComponent).join('/')}`)
    url.searchParams.set('grant', grantId)
    url.searchParams.set('expires', expiresAt)
    url.searchParams.set('signature', sign(secrets[0], { file, grantId, expiresAt }).toString('hex'))
    return url.href
  }

  function detailOf(file: string, grantId: string): { url: string; expiresAt: Instant } {
    const expiresAt = addMilliseconds(runtime.now(), validMinutes * 60_000)
    return { url: addressOf(file, grantId, expiresAt), expiresAt }
  }

  return {
    kind: 'download',
    checkTarget,
    async deliver({ grantId, target }) {
      const file = fileOf(target)
      if (file === null) return { outcome: 'refused', reason: `target_invalid: ${checkTarget(target)}` }
      return { outcome: 'done', detail: detailOf(file, grantId) }
    },
    detailNow({ grantId, target, detail }) {
      const file = fileOf(target)
      const isAddress = typeof detail === 'object' && detail !== null && 'url' in detail // else staff delivered it by hand
      return file === null || !isAddress ? detail : detailOf(file, grantId)
    },
    async withdraw() {
      return { outcome: 'done' }
    },
    async status() {
      return { outcome: 'unknown', reason: 'downloads_keep_no_records: deliver again for a fresh address.' }
    },
    verifyDownload(url) {
      const read = readAddress(url, base)
      if (read === null) return { outcome: 'bad_signature' }
      const { file, grantId, expiresAt, signature } = read
      const isGenuine = secrets.some((secret) => isSame(sign(secret, { file, grantId, expiresAt }), signature))
      if (!isGenuine) return { outcome: 'bad_signature' }
      return { outcome: runtime.now() < expiresAt ? 'valid' : 'expired', file, grantId }
    },
  }
}

interface Address {
  readonly file: string
  readonly grantId: string
  readonly expiresAt: Instant
}

/** As JSON, so that no two addresses make one text. */
function sign(secret: string, { file, grantId, expiresAt }: Address): Buffer {
  return createHmac('sha256', secret)
    .update(JSON.stringify([file, grantId, expiresAt]))
    .digest()
}

function isSame(own: Buffer, given: Buffer): boolean {
  return own.length === given.length && timingSafeEqual(own, given)
}

function readAddress(text: string, base: string): (Address & { readonly signature: Buffer }) | null {
  if (!URL.canParse(text)) return null
  const url = new URL(text)
  const path = `${url.origin}${url.pathname}`
  const [grantId, expiresAt, signature] = ['grant', 'expires', 'signature'].map((name) => url.searchParams.get(name))
  if (!path.startsWith(`${base}/`) || !grantId || !expiresAt || !signature) return null
  const file = decodePath(path.slice(base.length + 1))
  return file === null ? null : { file, grantId, expiresAt, signature: Buffer.from(signature, 'hex') }
}

function decodePath(path: string): string | null {
  try {
    return decodeURIComponent(path)
  } catch {
    return null
  }
}

function checkTarget(target: Json): string | null {
  return fileOf(target) === null
    ? 'The target is { file }: a relative path of 1 to 500 characters, without . or .. parts, backslashes or control characters.'
    : null
}

function fileOf(target: Json): string | null {
  if (typeof target !== 'object' || target === null || !('file' in target)) return null
  const { file } = target
  if (Object.keys(target).length !== 1 || typeof file !== 'string' || file.length > 500) return null
  const isClean = !/[\p{Cc}\\]/u.test(file) && file.isWellFormed()
  const isPlain = file.split('/').every((part) => part !== '' && part !== '.' && part !== '..')
  return isClean && isPlain ? file : null
}

function checkedBase(baseUrl: string): string {
  if (!URL.canParse(baseUrl)) throw new Error(`baseUrl is no address: ${baseUrl}`)
  const { protocol, origin, pathname, search, hash } = new URL(baseUrl)
  if ((protocol !== 'https:' && protocol !== 'http:') || search !== '' || hash !== '') {
    throw new Error('baseUrl is an http address without a query.')
  }
  return `${origin}${pathname.replace(/\/+$/, '')}`
}

function checkedSecrets(secret: string | readonly string[]): readonly [string, ...string[]] {
  const [first, ...rest] = typeof secret === 'string' ? [secret] : secret
  if (first === undefined || [first, ...rest].some(({ length }) => length < SHORTEST_SECRET)) {
    throw new Error(`Each secret has at least ${SHORTEST_SECRET} characters.`)
  }
  return [first, ...rest]
}
