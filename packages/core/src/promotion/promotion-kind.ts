import { productCollections, products, variants } from '../catalog/index.ts'
import { customers } from '../customer/index.ts'
import { type InputIssue, issueUnless } from '../errors/index.ts'
import { sites } from '../site/index.ts'
import { byId, type NamedRecord, type NewRecord, present, type RecordKind } from '../storage/index.ts'
import { isWindow } from '../time/index.ts'
import { checkAmounts } from './check-amounts.ts'
import { checkContradictions } from './check-contradictions.ts'
import { promotions } from './promotion.collection.ts'
import type { Promotion, PromotionLimits } from './promotion.ts'
import {
  checkBenefit,
  checkCondition,
  type KindReference,
  namedInBenefit,
  namedInCondition,
  type PromotionKinds,
  type ShopFacts,
} from './promotion-kinds.ts'
import { isSignable } from './signed-terms.ts'

/** A promotion to be made. */
export type NewPromotion = NewRecord<
  Promotion,
  'sites' | 'from' | 'until' | 'requiresCode' | 'conditions' | 'limits' | 'stacking' | 'priority' | 'status'
>

/** How promotions are made and checked, where conditions and benefits are of these kinds and products have these types. */
export function promotionKind(
  kinds: PromotionKinds,
  productTypes: readonly { name: string }[],
): RecordKind<Promotion, NewPromotion> {
  const shop = { kinds, productTypes: new Set(productTypes.map(({ name }) => name)) }
  return {
    collection: promotions,
    changesPrices: true,
    uniqueMembers: {},
    listed: () => ({ index: 'id' }),
    id: (_input, runtime) => runtime.newId('pro'),
    complete: (input, id) => ({ ...DEFAULTS, ...present(input), id }),
    names: (promotion) => namedIn(promotion, kinds),
    check(promotion) {
      const issues = checkParts(promotion, shop)
      return issues.length > 0 ? issues : checkContradictions(promotion, kinds)
    },
  }
}

/** What is wrong with a promotion's parts, each by itself. */
function checkParts(promotion: Promotion, shop: ShopFacts & { kinds: PromotionKinds }): readonly InputIssue[] {
  return [
    ...checkBenefit(promotion.benefit, shop),
    ...promotion.conditions.flatMap((condition, index) => checkCondition(condition, `conditions.${index}`, shop)),
    ...issueUnless(promotion.sites?.length !== 0, 'sites', 'must name a site, or be null for all sites'),
    ...issueUnless(isWindow(promotion.from, promotion.until), 'until', 'must be later than `from`'),
    ...issueUnless(isPriority(promotion.priority), 'priority', 'must be a whole number from 0 to 1,000'),
    ...checkUses(promotion.limits.uses, 'limits.uses'),
    ...checkUses(promotion.limits.usesPerCustomer, 'limits.usesPerCustomer'),
    ...checkMoney(promotion.limits),
    ...checkSigned(promotion),
  ]
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

/** Without a code it would be everybody's; and of no other benefit could a token choose less. */
function checkSigned({ signedByHost, requiresCode, benefit }: Promotion): readonly InputIssue[] {
  if (signedByHost !== true) return []
  return [
    ...issueUnless(requiresCode, 'requiresCode', 'must be true with `signedByHost`'),
    ...issueUnless(isSignable(benefit), 'benefit.type', 'must be percent or fixed with `signedByHost`'),
  ]
}

/** Whether promotions and price lists can have this priority. */
function isPriority(priority: number): boolean {
  return Number.isInteger(priority) && priority >= 0 && priority <= 1000
}

function namedIn(promotion: Promotion, kinds: PromotionKinds): NamedRecord[] {
  const named: KindReference[] = [
    ...(promotion.sites ?? []).map((id, place) => ({ path: `sites.${place}`, record: 'site' as const, id })),
    ...promotion.conditions.flatMap((condition, place) => namedInCondition(condition, `conditions.${place}`, kinds)),
    ...namedInBenefit(promotion.benefit, kinds),
  ]
  return named.map(({ path, record, id }) => ({ path, ref: REFS[record](id) }))
}

const REFS: { readonly [R in KindReference['record']]: (id: string) => NamedRecord['ref'] } = {
  product: (id) => byId(products, id),
  variant: (id) => byId(variants, id),
  collection: (id) => byId(productCollections, id),
  customer: (id) => byId(customers, id),
  site: (id) => byId(sites, id),
}

function checkUses(uses: number | null, path: string): readonly InputIssue[] {
  return issueUnless(uses === null || (Number.isSafeInteger(uses) && uses >= 1), path, 'must be 1 or more, or null')
}

function checkMoney({ money = null, moneyPerOrder = null, whenShort }: PromotionLimits): readonly InputIssue[] {
  return [
    ...(money === null ? [] : checkAmounts(money, 'limits.money', 1)),
    ...(moneyPerOrder === null ? [] : checkAmounts(moneyPerOrder, 'limits.moneyPerOrder', 1)),
    ...issueUnless(
      money !== null || whenShort === undefined,
      'limits.whenShort',
      'is about `limits.money`, which is not set',
    ),
  ]
}
