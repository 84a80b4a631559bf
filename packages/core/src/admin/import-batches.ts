import type { ProductPlan } from './plan-import.ts'

/** Changes that are stored at once: a few milliseconds in which nobody else can write. */
const MAXIMUM_CHANGES = 100
/** What bundles are made of comes before them, so that none is shown without its parts. */
const KINDS: readonly ProductPlan['kind'][] = ['part', 'both', 'bundle']

/**
 * What is stored at once, in order; a product is never parted. Products that take slugs from each other are stored together,
 * for a key has one owner.
 */
export function importBatches(plans: readonly ProductPlan[]): readonly (readonly ProductPlan[])[] {
  const groups = slugGroups(plans.filter(({ changes }) => changes.length > 0))
  return KINDS.flatMap((kind) => cut(groups.filter((group) => kindOf(group) === kind)))
}

const kindOf = (group: readonly ProductPlan[]): ProductPlan['kind'] =>
  KINDS.findLast((kind) => group.some((plan) => plan.kind === kind)) ?? 'part'

/** In the order of the file: those alone that take no slug of another one, and leave none to it. */
function slugGroups(plans: readonly ProductPlan[]): readonly (readonly ProductPlan[])[] {
  const leftBy = new Map(
    plans.flatMap((plan) => (plan.slug.before === plan.slug.after ? [] : [[plan.slug.before, plan] as const])),
  )
  const groupOf = new Map(plans.map((plan) => [plan, [plan]]))
  for (const plan of plans) {
    const { before, after } = plan.slug
    const owner = after === null || after === before ? undefined : leftBy.get(after)
    const [own, other] = [groupOf.get(plan), owner === undefined ? undefined : groupOf.get(owner)]
    if (own === undefined || other === undefined || own === other) continue
    own.push(...other)
    for (const moved of other) groupOf.set(moved, own)
  }
  return [...new Set(groupOf.values())]
}

function cut(groups: readonly (readonly ProductPlan[])[]): ProductPlan[][] {
  const batches: ProductPlan[][] = []
  let room = 0
  for (const group of groups) {
    const size = group.reduce((sum, { changes }) => sum + changes.length, 0)
    room -= size
    const last = batches.at(-1)
    if (last !== undefined && room >= 0) last.push(...group)
    else {
      batches.push([...group])
      room = MAXIMUM_CHANGES - size
    }
  }
  return batches
}
