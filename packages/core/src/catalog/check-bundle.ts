import { type InputIssue, issueUnless } from '../errors/index.ts'
import { bundleParts } from './bundle-parts.ts'
import type { Bundle, BundleGroup, BundlePart, Variant } from './product.ts'
import type { VariantFacts } from './variant-facts.ts'

/** So many parts may be in a bundle, those of its groups included. */
const MAXIMUM_PARTS = 200

/** A bundle holds single variants only, and a single one stays single, for bundles may hold it: so there is no circle. */
export function checkBundle(
  variant: Variant,
  bundle: Bundle,
  { before, part, path }: Pick<VariantFacts, 'before' | 'part'> & { path: string },
): readonly InputIssue[] {
  const at = `${path}.bundle`
  const groups = bundle.groups ?? []
  const all = bundleParts(bundle)
  const ids = all.map(({ id }) => id)
  // An import names only the variants of its own rows: a part that was there is not asked again.
  const kept = new Set(before?.bundle ? bundleParts(before.bundle).map(({ variantId }) => variantId) : [])
  const checkParts = (parts: readonly BundlePart[], where: string): readonly InputIssue[] =>
    parts.flatMap((one, index) => [
      ...issueUnless(ids.filter((id) => id === one.id).length === 1, `${where}.${index}.id`, 'stands here twice'),
      ...checkPart(one, { part, all, kept }, `${where}.${index}.variantId`),
    ])
  return [
    ...issueUnless(before?.bundle !== null, at, 'cannot be given to a variant that is sold by itself: make a new one'),
    ...issueUnless(
      variant.fulfilment === null,
      `${path}.fulfilment`,
      'must be null: a bundle is delivered by its parts',
    ),
    ...issueUnless(all.length > 0, `${at}.parts`, 'must hold at least one'),
    ...issueUnless(all.length <= MAXIMUM_PARTS, `${at}.groups`, `make it more than ${MAXIMUM_PARTS} parts in all`),
    ...checkParts(bundle.parts, `${at}.parts`),
    ...groups.flatMap((group, index) => [
      ...checkGroup(group, groups, `${at}.groups.${index}`),
      ...checkParts(group.parts, `${at}.groups.${index}.parts`),
    ]),
    ...checkPricing(bundle, `${at}.pricing`),
  ]
}

function checkPart(
  { variantId }: BundlePart,
  { part, all, kept }: { part: VariantFacts['part']; all: readonly BundlePart[]; kept: ReadonlySet<string> },
  path: string,
): readonly InputIssue[] {
  const found = part(variantId)
  return [
    ...issueUnless(found !== null || kept.has(variantId), path, 'names no variant that this shop has'),
    ...issueUnless((found?.bundle ?? null) === null, path, 'is a bundle: a bundle holds no bundles'),
    ...issueUnless(all.filter((one) => one.variantId === variantId).length === 1, path, 'is in the bundle twice'),
  ]
}

function checkGroup(group: BundleGroup, groups: readonly BundleGroup[], path: string): readonly InputIssue[] {
  return [
    ...issueUnless(groups.filter(({ id }) => id === group.id).length === 1, `${path}.id`, 'stands here twice'),
    ...issueUnless(
      group.choose <= group.parts.length,
      `${path}.choose`,
      `is more than the ${group.parts.length} parts of the group`,
    ),
  ]
}

function checkPricing({ pricing }: Bundle, path: string): readonly InputIssue[] {
  switch (pricing.type) {
    case 'own_price':
      return []
    case 'sum_less_percent': {
      const percent = Number(pricing.percent)
      return issueUnless(percent > 0 && percent <= 100, `${path}.percent`, 'must be over 0 and at most 100')
    }
    case 'sum_less_amount':
      return pricing.amounts.flatMap(({ amount, currency }, index) => [
        ...issueUnless(amount > 0, `${path}.amounts.${index}.amount`, 'must be over 0'),
        ...issueUnless(
          pricing.amounts.findIndex((one) => one.currency === currency) === index,
          `${path}.amounts.${index}.currency`,
          'stands here twice',
        ),
      ])
    default:
      return pricing satisfies never
  }
}
