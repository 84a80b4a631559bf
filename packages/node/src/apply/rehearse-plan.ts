import type { AdminClient, Json } from '@bursar/core'
import { entryIds } from './entry-ids.ts'
import { explainValue } from './explain-value.ts'
import { type Reference, referencesOf } from './map-references.ts'
import type { PlannedEntry, ShopPlan } from './plan-shop.ts'
import { type FilePath, nameOf, type ShopProblem } from './shop-file.ts'
import type { ShopState } from './shop-state.ts'
import { writeEntry } from './write-entry.ts'

/**
 * Writes a plan to a shop that forgets it ({@link rehearsalStorage}), the entries that stay as they are too: so every rule
 * of the admin's operations is asked before anything is stored. What the rehearsal shows to change nothing is kept.
 */
export async function rehearsePlan(
  admin: AdminClient,
  plan: ShopPlan,
  { state, content }: { state: ShopState; content: Json | undefined },
): Promise<ShopPlan> {
  const ids = entryIds(state)
  const failed = new Set<string>()
  const entries: PlannedEntry[] = []
  const problems: ShopProblem[] = [...plan.problems]
  for (const entry of plan.entries) {
    const missing = new Set<string>()
    const idOfMissing = ({ path }: Reference): string => {
      missing.add(path.join('.'))
      return `missing-${missing.size}`
    }
    const written = await writeEntry(admin, entry, { ids, idOfMissing })
    if (written.outcome === 'written') {
      entries.push(written.version === entry.found?.version ? { ...entry, action: 'keep', changes: [] } : entry)
      continue
    }
    failed.add(nameOf(entry))
    const told = toldElsewhere(entry, { failed, missing, problems })
    problems.push(...written.problems.filter(({ path }) => !told.has(path.slice(2).join('.'))))
    entries.push(entry)
  }
  return { entries, problems: distinct(problems).map((problem) => explainValue(problem, content)) }
}

/** Places of an entry at which the mistake of another one shows, or at which one was found already. */
function toldElsewhere(
  { section, key, fields }: PlannedEntry,
  known: { failed: ReadonlySet<string>; missing: ReadonlySet<string>; problems: readonly ShopProblem[] },
): ReadonlySet<string> {
  const failed = referencesOf(section, fields).filter(({ kind, name }) => known.failed.has(`${kind}.${name}`))
  const own = known.problems.filter(({ path }) => path[0] === section && path[1] === key)
  const paths: readonly FilePath[] = [...failed.map(({ path }) => path), ...own.map(({ path }) => path.slice(2))]
  return new Set([...known.missing, ...paths.map((path) => path.join('.'))])
}

function distinct(problems: readonly ShopProblem[]): readonly ShopProblem[] {
  return [...new Map(problems.map((problem) => [`${problem.path.join('.')}: ${problem.message}`, problem])).values()]
}
