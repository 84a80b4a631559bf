import type { AdminClient, Json } from '@bursar/core'
import { entryIds } from './entry-ids.ts'
import { type PlannedEntry, planShop, type ShopPlan } from './plan-shop.ts'
import { readShop } from './read-shop.ts'
import { rehearsePlan } from './rehearse-plan.ts'
import { nameOf, type ShopProblem } from './shop-file.ts'
import type { ShopState } from './shop-state.ts'
import { writeEntry } from './write-entry.ts'

/** A plan that was rehearsed, with what the shop had. */
export interface PreparedPlan extends ShopPlan {
  /** What the shop had when it was read. */
  readonly state: ShopState
}

/** What a file would do to a shop, and all that is wrong with it; writes nothing. The clients are of `site`; `rehearsal` forgets what it is told. */
export async function prepareShop(
  { admin, rehearsal, site }: { readonly admin: AdminClient; readonly rehearsal: AdminClient; readonly site: string },
  content: Json | undefined,
): Promise<PreparedPlan> {
  const state = await readShop(admin, content)
  const plan = await rehearsePlan(rehearsal, planShop(content, state, site), { state, content })
  return { ...plan, state }
}

/**
 * Writes a plan, one entry after the other; the first that is refused ends it, and what was written before stays. What a
 * stop left out is done by the next run. `pause` is taken after each write: nearly all change what prices are made of, and
 * a checkout must see none of it changed.
 */
export async function applyShop(
  admin: AdminClient,
  { entries, writes, state }: PreparedPlan,
  onWritten: (entry: PlannedEntry) => void,
  pause: () => Promise<unknown>,
): Promise<readonly ShopProblem[]> {
  const ids = entryIds(state)
  const versions = new Map<string, number>()
  const kept = new Set(entries.filter(({ action }) => action === 'keep').map(nameOf))
  for (const write of writes) {
    const name = nameOf(write.entry)
    if (kept.has(name)) continue
    const written = await writeEntry(admin, write, { ids, version: versions.get(name) })
    if (written.outcome === 'refused') return written.problems
    versions.set(name, written.version)
    await pause()
    if (write.isLast) onWritten(write.entry)
  }
  return []
}
