import { createHash } from 'node:crypto'

/** The numbers of the advisory lock of whoever migrates a schema, as the server's functions take them. */
export function migrationLock(schema: string): string {
  return `${MIGRATES}, ${numberOf(schema)}`
}

/** The numbers of the advisory lock of whoever repairs a schema, as the server's functions take them. */
export function repairLock(schema: string): string {
  return `${REPAIRS}, ${numberOf(schema)}`
}

/** Numbers of our own. */
export const MIGRATES = 0x42555253
const REPAIRS = 0x42555254

/** Locks are of the whole database, and schemas have names: two whose numbers are the same wait for each other, no more. */
function numberOf(schema: string): number {
  return createHash('sha256').update(schema).digest().readInt32BE(0)
}
