import { type InputIssue, issueUnless } from '../errors/index.ts'
import { sites } from '../site/index.ts'
import { byId, type NamedRecord, type NewRecord, present, type RecordKind } from '../storage/index.ts'
import { isWindow } from '../time/index.ts'
import { checkBenefit } from './check-benefit.ts'
import { checkCondition, namedInCondition } from './check-condition.ts'
import { promotions } from './promotion.collection.ts'
import type { Promotion } from './promotion.ts'

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

/** Whether promotions and price lists can have this priority. */
function isPriority(priority: number): boolean {
  return Number.isInteger(priority) && priority >= 0 && priority <= 1000
}

function namedIn(promotion: Promotion): NamedRecord[] {
  const named = (promotion.sites ?? []).map((id, index) => ({ path: `sites.${index}`, ref: byId(sites, id) }))
  const inConditions = promotion.conditions.flatMap((condition, place) =>
    namedInCondition(condition, `conditions.${place}`),
  )
  return [...named, ...inConditions]
}

function checkUses(uses: number | null, path: string): readonly InputIssue[] {
  return issueUnless(uses === null || (Number.isSafeInteger(uses) && uses >= 1), path, 'must be 1 or more, or null')
}
