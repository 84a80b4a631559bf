import type { PagePort } from '../ports/index.ts'

/** A random idempotency key of 96 bits. */
export function newKey(page: Pick<PagePort, 'randomBytes'>): string {
  return page.randomBytes(12).join('-')
}
