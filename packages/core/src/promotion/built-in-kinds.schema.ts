import { bundlePriceKind } from './benefits/bundle-price.schema.ts'
import { buyXGetYKind } from './benefits/buy-x-get-y.schema.ts'
import { fixedKind } from './benefits/fixed.schema.ts'
import { fixedPriceKind } from './benefits/fixed-price.schema.ts'
import { freeGiftKind } from './benefits/free-gift.schema.ts'
import { percentKind } from './benefits/percent.schema.ts'
import { seatsFreeKind } from './benefits/seats-free.schema.ts'
import { quantityTiersKind, subtotalTiersKind } from './benefits/tiers.schema.ts'
import type { BuiltIn } from './built-in-kind.schema.ts'
import { collectionsKind } from './conditions/collections.schema.ts'
import { countriesKind } from './conditions/countries.schema.ts'
import { currenciesKind } from './conditions/currencies.schema.ts'
import { customerGroupsKind } from './conditions/customer-groups.schema.ts'
import { customersKind } from './conditions/customers.schema.ts'
import { emailDomainsKind } from './conditions/email-domains.schema.ts'
import { firstOrderKind } from './conditions/first-order.schema.ts'
import { localDatesKind } from './conditions/local-dates.schema.ts'
import { localHoursKind } from './conditions/local-hours.schema.ts'
import { minimumQuantityKind } from './conditions/minimum-quantity.schema.ts'
import { minimumSubtotalKind } from './conditions/minimum-subtotal.schema.ts'
import { ownedProductsKind } from './conditions/owned-products.schema.ts'
import { productTypesKind } from './conditions/product-types.schema.ts'
import { productsKind } from './conditions/products.schema.ts'
import { sitesKind } from './conditions/sites.schema.ts'
import { variantsKind } from './conditions/variants.schema.ts'
import { weekdaysKind } from './conditions/weekdays.schema.ts'
import type { HostData, PromotionBenefit, SimpleCondition } from './promotion.ts'
import type { BenefitKind, ConditionKind } from './promotion-kinds.ts'

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
