import type { Collection, HoldRecord } from '../ports/index.ts'

/** The built-in collection of holds, as lists name it. It is never migrated or written. */
export const holdRecords: Collection<HoldRecord> = {
  name: 'holds',
  of: 'operator',
  columns: {},
  unique: {},
  indexes: { counter: ['counter', 'hold'] },
}
