import { type CustomerRecord, customers, relyOn } from '../customer/index.ts'
import { type InputIssue, issueUnless } from '../errors/index.ts'
import type { Call, Change, Storage, Stored } from '../ports/index.ts'
import { type NamedRecord, readAll } from '../storage/index.ts'

/** Says nothing of what others have. */
export const NOT_THERE = 'names nothing that this shop has'

/** What a record names, as it was looked up. */
export interface FoundNamed {
  /** An issue for each record that is named and is not there, or is not the operator's to name. */
  issues: readonly InputIssue[]
  /** Belongs to the commit of what names them: people whom only carts named so far stay from now on. */
  people: readonly Change[]
}

/** Looks up what a record names. */
export async function findNamed(storage: Storage, call: Call, named: readonly NamedRecord[]): Promise<FoundNamed> {
  const scopes = [...new Set(named.map((record) => (record.scope ?? call.scope).operator))]
  const people = new Map<string, Change[]>()
  const issues = await Promise.all(
    scopes.map(async (operator) => {
      const here = named.filter((record) => (record.scope ?? call.scope).operator === operator)
      const found = await readAll(storage, { operator }, ...here.map(({ ref }) => ref))
      return here.flatMap(({ path, refuse = () => null }, index) => {
        const record = found[index] ?? null
        const isOwn = record?.in === customers.name && operator === call.scope.operator
        if (isOwn) people.set(record.id, relyOn(record as Stored<CustomerRecord>)) // what stands in that collection
        const problem = record === null ? NOT_THERE : refuse(record.body)
        return issueUnless(problem === null, path, problem ?? '')
      })
    }),
  )
  return { issues: issues.flat(), people: [...people.values()].flat() }
}
