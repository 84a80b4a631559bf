import type { PagePort } from '../ports/index.ts'

/** A random idempotency key of 130 bits. */
export function newKey(page: Pick<PagePort, 'randomBytes'>): string {
  return Array.from(page.randomBytes(26), (byte) => (byte % 32).toString(32)).join('')
}
