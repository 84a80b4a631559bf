import { type InputIssue, issueUnless } from '../errors/index.ts'
import { isWindow } from '../time/index.ts'
import { checkAttributes } from './check-attributes.ts'
import { checkBundle } from './check-bundle.ts'
import { checkPrerequisite, checkUpgrade } from './check-relations.ts'
import { checkRuns } from './check-runs.ts'
import type { Variant } from './product.ts'
import type { VariantFacts } from './variant-facts.ts'

/** What is wrong with a variant that is to be stored. `path` leads to it, such as `variants.0`. */
export function checkVariant(variant: Variant, facts: VariantFacts, path: string): readonly InputIssue[] {
  const { validityDays, capacity, maximumQuantity, fulfilment } = variant
  // What stayed as it was is not asked again: its provider may have left the host's configuration.
  const isKept = fulfilment === (facts.before?.fulfilment ?? null)
  const areRunsKept = isKept && variant.runs === facts.before?.runs
  const complaint = fulfilment === null || isKept ? null : facts.checkTarget(fulfilment.provider, fulfilment.target)
  return [
    ...issueUnless(variant.name.trim() !== '', `${path}.name`, 'must not be empty'),
    ...checkAttributes(variant.attributes, facts.type.variantAttributes, `${path}.attributes`),
    ...issueUnless(
      isWindow(variant.saleStartsAt, variant.saleEndsAt),
      `${path}.saleEndsAt`,
      'must be later than `saleStartsAt`',
    ),
    ...issueUnless(
      isWindow(variant.serviceStart, variant.serviceEnd),
      `${path}.serviceEnd`,
      'must be later than `serviceStart`',
    ),
    ...issueUnless(validityDays === null || isWhole(validityDays, 1), `${path}.validityDays`, 'must be 1 or more'),
    ...issueUnless(capacity === null || isWhole(capacity, 0), `${path}.capacity`, 'must be 0 or more'),
    ...issueUnless(
      isWhole(maximumQuantity, 1) && maximumQuantity <= 1000,
      `${path}.maximumQuantity`,
      'must be from 1 to 1,000',
    ),
    ...issueUnless(complaint === null, `${path}.fulfilment`, complaint ?? ''),
    ...(variant.bundle === null
      ? // Its parts are what is delivered: sold without them, it would be paid for and give nothing.
        issueUnless(!facts.before?.bundle, `${path}.bundle`, 'cannot be taken from a bundle: make a new variant')
      : checkBundle(variant, variant.bundle, { ...facts, path })),
    ...checkRuns(variant, areRunsKept ? () => null : facts.checkTarget, `${path}.runs`),
    ...checkUpgrade(variant, facts.siblings ?? null, `${path}.upgrade`),
    // An import names only the variants of its own rows: what stays as it was is not asked again.
    ...(variant.prerequisite === facts.before?.prerequisite
      ? []
      : checkPrerequisite(variant, facts.part, `${path}.prerequisite`)),
  ]
}

const isWhole = (value: number, minimum: number): boolean => Number.isSafeInteger(value) && value >= minimum
