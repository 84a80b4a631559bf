import type { PagePort } from '../ports/index.ts'

/** A random idempotency key. */
export function newKey(page: Pick<PagePort, 'randomBytes'>): string {
  return Array.from(page.randomBytes(16), (byte) => byte.toString(16).padStart(2, '0')).join('')
}
