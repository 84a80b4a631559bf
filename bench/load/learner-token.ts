import { createHmac } from 'node:crypto'

/** Who signs. */
export interface Issuer {
  readonly issuer: string
  readonly audience: string
  readonly secret: string
}

/** A learner's token for an hour, HS256; made here, for a client under load makes many. */
export function tokenOf({ issuer, audience, secret }: Issuer, learner: string): string {
  const now = Math.floor(Date.now() / 1000)
  const payload = { sub: learner, iss: issuer, aud: audience, iat: now, exp: now + 3600 }
  const text = [{ alg: 'HS256' }, payload]
    .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
    .join('.')
  return `${text}.${createHmac('sha256', secret).update(text).digest('base64url')}`
}
