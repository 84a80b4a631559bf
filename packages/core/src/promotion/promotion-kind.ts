import { products, variants } from '../catalog/index.ts'
import { type InputIssue, issueUnless } from '../errors/index.ts'
import { isCurrency, isRate, type Money } from '../money/index.ts'
import { sites } from '../site/index.ts'
import { byId, type NamedRecord, type NewRecord, present, type RecordKind } from '../storage/index.ts'
import { isWindow } from '../time/index.ts'
import { promotions } from './promotion.collection.ts'
import type { Promotion, PromotionBenefit, PromotionCondition } from './promotion.ts'

/** A promotion to be made. */
export type NewPromotion = NewRecord<
  Promotion,
  'sites' | 'from' | 'until' | 'requiresCode' | 'conditions' | 'limits' | 'stacking' | 'priority' | 'status'
>

/** How promotions are made and checked, where products have these types. */
export function promotionKind(productTypes: readonly { name: string }[]): RecordKind<Promotion, NewPromotion> {
  const types = new Set(productTypes.map(({ name }) => name))
  return {
    collection: promotions,
    changesPrices: true,
    uniqueMembers: {},
    listed: () => ({ index: 'id' }),
    id: (_input, runtime) => runtime.newId('pro'),
    complete: (input, id) => ({ ...DEFAULTS, ...present(input), id }),
    names: namedIn,
    check: (promotion) => [
      ...checkBenefit(promotion.benefit),
      ...promotion.conditions.flatMap((condition, index) => checkCondition(condition, `conditions.${index}`, types)),
      ...issueUnless(promotion.sites?.length !== 0, 'sites', 'must name a site, or be null for all sites'),
      ...issueUnless(isWindow(promotion.from, promotion.until), 'until', 'must be later than `from`'),
      ...issueUnless(isPriority(promotion.priority), 'priority', 'must be a whole number from 0 to 1,000'),
      ...checkUses(promotion.limits.uses, 'limits.uses'),
      ...checkUses(promotion.limits.usesPerCustomer, 'limits.usesPerCustomer'),
    ],
  }
}

const DEFAULTS = {
  sites: null,
  from: null,
  until: null,
  requiresCode: false,
  conditions: [],
  limits: { uses: null, usesPerCustomer: null },
  stacking: 'combinable',
  priority: 0,
  status: 'active',
} as const satisfies Partial<Promotion>

/** At most so many percent: more than the price cannot be given away. */
const ALL = 100

/** Whether promotions and price lists can have this priority. */
function isPriority(priority: number): boolean {
  return Number.isInteger(priority) && priority >= 0 && priority <= 1000
}

function namedIn(promotion: Promotion): NamedRecord[] {
  const named = (promotion.sites ?? []).map((id, index) => ({ path: `sites.${index}`, ref: byId(sites, id) }))
  const inConditions = promotion.conditions.flatMap((condition, place): NamedRecord[] => {
    const at = `conditions.${place}.${condition.type}`
    if (condition.type === 'products') {
      return condition.products.map((id, index) => ({ path: `${at}.${index}`, ref: byId(products, id) }))
    }
    if (condition.type === 'variants') {
      return condition.variants.map((id, index) => ({ path: `${at}.${index}`, ref: byId(variants, id) }))
    }
    return []
  })
  return [...named, ...inConditions]
}

function checkBenefit(benefit: PromotionBenefit): readonly InputIssue[] {
  switch (benefit.type) {
    case 'percent': {
      const percent = isRate(benefit.percent) ? Number(benefit.percent) : 0
      return issueUnless(percent > 0 && percent <= ALL, 'benefit.percent', 'must be over 0 and at most 100')
    }
    case 'fixed':
      return checkAmounts(benefit.amounts, 'benefit.amounts', 1)
    default:
      return issueUnless(benefit satisfies never, 'benefit.type', 'is no benefit that this shop knows')
  }
}

function checkCondition(
  condition: PromotionCondition,
  path: string,
  types: ReadonlySet<string>,
): readonly InputIssue[] {
  switch (condition.type) {
    case 'products':
      return issueUnless(condition.products.length > 0, `${path}.products`, 'must name at least one')
    case 'variants':
      return issueUnless(condition.variants.length > 0, `${path}.variants`, 'must name at least one')
    case 'product_types': {
      const unknown = condition.productTypes.flatMap((type, index) =>
        issueUnless(types.has(type), `${path}.productTypes.${index}`, `must be one of ${[...types].join(', ')}`),
      )
      return [
        ...issueUnless(condition.productTypes.length > 0, `${path}.productTypes`, 'must name at least one'),
        ...unknown,
      ]
    }
    case 'minimum_subtotal':
      return checkAmounts(condition.amounts, `${path}.amounts`, 0)
    default:
      return issueUnless(condition satisfies never, `${path}.type`, 'is no condition that this shop knows')
  }
}

/** Amounts have each currency once: of two, nobody could say which counts. */
function checkAmounts(amounts: readonly Money[], path: string, minimum: number): readonly InputIssue[] {
  const seen = new Set<string>()
  const issues = amounts.flatMap(({ amount, currency }, index) => {
    const isRepeated = seen.has(currency)
    seen.add(currency)
    const isAmount = Number.isSafeInteger(amount) && amount >= minimum
    return [
      ...issueUnless(isCurrency(currency), `${path}.${index}.currency`, 'must be a currency of ISO 4217'),
      ...issueUnless(!isRepeated, `${path}.${index}.currency`, 'stands here twice'),
      ...issueUnless(isAmount, `${path}.${index}.amount`, `must be a whole number of minor units from ${minimum}`),
    ]
  })
  return [...issueUnless(amounts.length > 0, path, 'must have at least one amount'), ...issues]
}

function checkUses(uses: number | null, path: string): readonly InputIssue[] {
  return issueUnless(uses === null || (Number.isSafeInteger(uses) && uses >= 1), path, 'must be 1 or more, or null')
}
