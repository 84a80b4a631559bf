import { type Grant, grants } from '../entitlement/index.ts'
import type { Change, Stored } from '../ports/index.ts'

/** The grants of an order as a commit leaves them: those that were there as its changes have them, and those it makes. */
export function grantsAfter(before: readonly Stored<Grant>[], changes: readonly Change[]): readonly Grant[] {
  const after = new Map(before.map(({ id, body }) => [id, body]))
  for (const change of changes) {
    const isGrant = 'body' in change && change.in === grants.name
    if (isGrant) after.set(change.id, change.body as unknown as Grant) // what stands in a collection has its type
  }
  return [...after.values()]
}
