import type { ProductPlan } from './plan-import.ts'

/** Changes that are stored at once: a few milliseconds in which nobody else can write. */
const MAXIMUM_CHANGES = 100

/**
 * What is stored at once, in order; a product is never parted. What makes up bundles comes before them, so that none is
 * shown without its parts. Products that take slugs from each other are stored together, for a key has one owner.
 */
export function importBatches(plans: readonly ProductPlan[]): readonly (readonly ProductPlan[])[] {
  const changed = plans.filter(({ changes }) => changes.length > 0)
  const together = slugMovers(changed)
  const others = changed.filter((plan) => !together.has(plan))
  const singles = others.filter(({ isBundle }) => !isBundle)
  const bundles = others.filter(({ isBundle }) => isBundle)
  return [...cut(singles), [...together], ...cut(bundles)].filter((batch) => batch.length > 0)
}

/** Products that take the slug of another one of the import, and those that leave it to them. */
function slugMovers(plans: readonly ProductPlan[]): ReadonlySet<ProductPlan> {
  const movers = plans.filter(({ slug }) => slug.before !== slug.after)
  const leftBy = new Map(movers.flatMap((plan) => (plan.slug.before === null ? [] : [[plan.slug.before, plan]])))
  const pairs = movers.flatMap((plan) => {
    const owner = plan.slug.after === null ? undefined : leftBy.get(plan.slug.after)
    return owner === undefined ? [] : [plan, owner]
  })
  return new Set(pairs)
}

function cut(plans: readonly ProductPlan[]): ProductPlan[][] {
  const batches: ProductPlan[][] = []
  let room = 0
  for (const plan of plans) {
    room -= plan.changes.length
    const last = batches.at(-1)
    if (last !== undefined && room >= 0) last.push(plan)
    else {
      batches.push([plan])
      room = MAXIMUM_CHANGES - plan.changes.length
    }
  }
  return batches
}
