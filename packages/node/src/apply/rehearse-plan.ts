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
  const versions = new Map<string, number>()
  const failed = new Set<string>()
  const problems: ShopProblem[] = [...plan.problems]
  const toldLater: ShopProblem[] = []
  for (const write of plan.writes) {
    const name = nameOf(write.entry)
    if (failed.has(name)) continue
    const missing = new Set<string>()
    const idOfMissing = ({ path }: Reference): string => {
      missing.add(path.join('.'))
      return `missing-${missing.size}`
    }
    const written = await writeEntry(admin, write, { ids, idOfMissing, version: versions.get(name) })
    if (written.outcome === 'written') {
      versions.set(name, written.version)
      continue
    }
    failed.add(name)
    const told = toldElsewhere(write.entry, { failed, missing, problems })
    const isTold = ({ path }: ShopProblem): boolean => told.has(path.slice(2).join('.'))
    problems.push(...written.problems.filter((problem) => !isTold(problem)))
    toldLater.push(...written.problems.filter(isTold))
  }
  const all = problems.length > 0 ? problems : toldLater
  const entries = plan.entries.map((entry): PlannedEntry => {
    const isSame = entry.found !== null && versions.get(nameOf(entry)) === entry.found.version
    return isSame ? { ...entry, action: 'keep', changes: [] } : entry
  })
  return { ...plan, entries, problems: distinct(all).map((problem) => explainValue(problem, content)) }
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
