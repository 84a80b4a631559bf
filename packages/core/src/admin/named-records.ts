import { type InputIssue, issueUnless } from '../errors/index.ts'
import type { Call, Storage } from '../ports/index.ts'
import { type NamedRecord, readAll } from '../storage/index.ts'

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
      return here.flatMap(({ path, accepts = () => true }, index) => {
        const record = found[index] ?? null
        return issueUnless(record !== null && accepts(record.body), path, 'names nothing that this shop has')
      })
    }),
  )
  return issues.flat()
}
