import { type InputIssue, issueUnless } from '../errors/index.ts'
import type { Call, Storage } from '../ports/index.ts'
import { type NamedRecord, readAll } from '../storage/index.ts'

/** Says nothing of what others have. */
export const NOT_THERE = 'names nothing that this shop has'

/** An issue for each record that is named and is not there, or is not the operator's to name. */
export async function missingRecords(
  storage: Storage,
  call: Call,
  named: readonly NamedRecord[],
): Promise<readonly InputIssue[]> {
  const scopes = [...new Set(named.map((record) => (record.scope ?? call.scope).operator))]
  const issues = await Promise.all(
    scopes.map(async (operator) => {
      const here = named.filter((record) => (record.scope ?? call.scope).operator === operator)
      const found = await readAll(storage, { operator }, ...here.map(({ ref }) => ref))
      return here.flatMap(({ path, refuse = () => null }, index) => {
        const record = found[index] ?? null
        const problem = record === null ? NOT_THERE : refuse(record.body)
        return issueUnless(problem === null, path, problem ?? '')
      })
    }),
  )
  return issues.flat()
}
