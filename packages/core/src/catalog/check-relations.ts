import { type InputIssue, issueUnless } from '../errors/index.ts'
import type { Variant } from './product.ts'
import type { VariantFacts } from './variant-facts.ts'

/** What a variant upgrades must be a sibling that is not an upgrade of it in turn. */
export function checkUpgrade(
  { name, upgrade, bundle }: Variant,
  siblings: readonly Pick<Variant, 'name' | 'upgrade'>[] | null,
  path: string,
): readonly InputIssue[] {
  if (upgrade === undefined || upgrade === null) return []
  const byName = new Map(siblings?.map((sibling) => [sibling.name, sibling]))
  return [
    ...issueUnless(bundle === null, path, 'must be null: a bundle takes owned parts into account by `ownedParts`'),
    ...upgrade.from.flatMap((from, index) => [
      ...issueUnless(upgrade.from.indexOf(from) === index, `${path}.from.${index}`, 'stands here twice'),
      ...issueUnless(from !== name, `${path}.from.${index}`, 'is the variant itself'),
      ...issueUnless(
        siblings === null || byName.has(from),
        `${path}.from.${index}`,
        'is the name of no variant of this product',
      ),
      ...issueUnless(
        !leadsTo(from, name, byName),
        `${path}.from.${index}`,
        'is an upgrade of this variant itself: they go in a circle',
      ),
    ]),
  ]
}

/** Does a variant, or one that it upgrades, upgrade the target? */
function leadsTo(
  start: string,
  target: string,
  byName: ReadonlyMap<string, Pick<Variant, 'name' | 'upgrade'>>,
): boolean {
  const seen = new Set<string>()
  const open = [start]
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    if (seen.has(name)) continue
    seen.add(name)
    const from = byName.get(name)?.upgrade?.from ?? []
    if (from.includes(target)) return true
    open.push(...from)
  }
  return false
}

/** A prerequisite names single variants of this shop, other than the variant itself. */
export function checkPrerequisite(
  { id, prerequisite }: Variant,
  part: VariantFacts['part'],
  path: string,
): readonly InputIssue[] {
  return (prerequisite?.variants ?? []).flatMap((variantId, index) => {
    const found = part(variantId)
    const at = `${path}.variants.${index}`
    return [
      ...issueUnless(variantId !== id, at, 'is the variant itself'),
      ...issueUnless(found !== null, at, 'names no variant that this shop has'),
      ...issueUnless((found?.bundle ?? null) === null, at, 'is a bundle: name its parts'),
    ]
  })
}
