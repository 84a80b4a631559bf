import { bundlePriceKind } from './benefits/bundle-price.ts'
import { buyXGetYKind } from './benefits/buy-x-get-y.ts'
import { fixedKind } from './benefits/fixed.ts'
import { fixedPriceKind } from './benefits/fixed-price.ts'
import { freeGiftKind } from './benefits/free-gift.ts'
import { percentKind } from './benefits/percent.ts'
import { seatsFreeKind } from './benefits/seats-free.ts'
import { quantityTiersKind, subtotalTiersKind } from './benefits/tiers.ts'
import type { BuiltIn } from './built-in-kind.schema.ts'
import { collectionsKind } from './conditions/collections.ts'
import { countriesKind } from './conditions/countries.ts'
import { currenciesKind } from './conditions/currencies.ts'
import { customerGroupsKind } from './conditions/customer-groups.ts'
import { customersKind } from './conditions/customers.ts'
import { emailDomainsKind } from './conditions/email-domains.ts'
import { firstOrderKind } from './conditions/first-order.ts'
import { localDatesKind } from './conditions/local-dates.ts'
import { localHoursKind } from './conditions/local-hours.ts'
import { minimumQuantityKind } from './conditions/minimum-quantity.ts'
import { minimumSubtotalKind } from './conditions/minimum-subtotal.ts'
import { ownedProductsKind } from './conditions/owned-products.ts'
import { productTypesKind } from './conditions/product-types.ts'
import { productsKind } from './conditions/products.ts'
import { sitesKind } from './conditions/sites.ts'
import { variantsKind } from './conditions/variants.ts'
import { weekdaysKind } from './conditions/weekdays.ts'
import type { HostData, PromotionBenefit, SimpleCondition } from './promotion.ts'
import type { BenefitKind, ConditionKind } from './promotion-kinds.ts'
import {
  type BenefitRule,
  type ConditionRule,
  type PromotionRules,
  promotionRules,
  type Typed,
} from './promotion-rules.ts'

type Condition = Exclude<SimpleCondition, HostData>
type Benefit = Exclude<PromotionBenefit, HostData>

/** The kinds of conditions that Bursar brings; `any` and `none` join them. One that is missing does not compile. */
export const builtInConditionKinds: {
  readonly [T in Condition['type']]: ConditionKind<Extract<Condition, { type: T }>> &
    BuiltIn<Extract<Condition, { type: T }>>
} = {
  products: productsKind,
  variants: variantsKind,
  product_types: productTypesKind,
  collections: collectionsKind,
  minimum_subtotal: minimumSubtotalKind,
  minimum_quantity: minimumQuantityKind,
  customers: customersKind,
  customer_groups: customerGroupsKind,
  first_order: firstOrderKind,
  countries: countriesKind,
  currencies: currenciesKind,
  weekdays: weekdaysKind,
  local_dates: localDatesKind,
  local_hours: localHoursKind,
  sites: sitesKind,
  email_domains: emailDomainsKind,
  owned_products: ownedProductsKind,
}

/** The kinds of benefits that Bursar brings. One that is missing does not compile. */
export const builtInBenefitKinds: {
  readonly [T in Benefit['type']]: BenefitKind<Extract<Benefit, { type: T }>> & BuiltIn<Extract<Benefit, { type: T }>>
} = {
  percent: percentKind,
  fixed: fixedKind,
  fixed_price: fixedPriceKind,
  buy_x_get_y: buyXGetYKind,
  quantity_tiers: quantityTiersKind,
  subtotal_tiers: subtotalTiersKind,
  seats_free: seatsFreeKind,
  bundle_price: bundlePriceKind,
  free_gift: freeGiftKind,
}

/** The rules of the kinds of conditions that Bursar brings. */
export const builtInConditions: readonly ConditionRule[] = /* @__PURE__ */ rulesOf<ConditionRule>(builtInConditionKinds)

/** The rules of the kinds of benefits that Bursar brings. */
export const builtInBenefits: readonly BenefitRule[] = /* @__PURE__ */ rulesOf<BenefitRule>(builtInBenefitKinds)

/** What `quote` knows unless it is given other rules. */
export const builtInRules: PromotionRules = /* @__PURE__ */ promotionRules({
  conditions: builtInConditions,
  benefits: builtInBenefits,
})

function rulesOf<Rule extends Typed>(kinds: { readonly [type: string]: { readonly rule: Rule } }): readonly Rule[] {
  return Object.values(kinds).map(({ rule }) => rule)
}
