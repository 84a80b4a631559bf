import { randomCode } from '../ids/index.ts'
import type { Runtime } from '../ports/index.ts'

/** A new order's number, with the site's prefix if it has one. Unique by constraint, hard to guess, easy to read out; may have gaps. */
export function orderNumber(runtime: Pick<Runtime, 'randomBytes'>, prefix: string): string {
  const parts = [prefix, randomCode(runtime, 4), randomCode(runtime, 4)]
  return parts.filter((part) => part !== '').join('-')
}
