import { bundlePriceBenefit } from './benefits/bundle-price.ts'
import { buyXGetYBenefit } from './benefits/buy-x-get-y.ts'
import { fixedBenefit } from './benefits/fixed.ts'
import { fixedPriceBenefit } from './benefits/fixed-price.ts'
import { freeGiftBenefit } from './benefits/free-gift.ts'
import { percentBenefit } from './benefits/percent.ts'
import { seatsFreeBenefit } from './benefits/seats-free.ts'
import { quantityTiersBenefit, subtotalTiersBenefit } from './benefits/tiers.ts'
import { collectionsCondition } from './conditions/collections.ts'
import { countriesCondition } from './conditions/countries.ts'
import { currenciesCondition } from './conditions/currencies.ts'
import { customerGroupsCondition } from './conditions/customer-groups.ts'
import { customersCondition } from './conditions/customers.ts'
import { emailDomainsCondition } from './conditions/email-domains.ts'
import { firstOrderCondition } from './conditions/first-order.ts'
import { localDatesCondition } from './conditions/local-dates.ts'
import { localHoursCondition } from './conditions/local-hours.ts'
import { minimumQuantityCondition } from './conditions/minimum-quantity.ts'
import { minimumSubtotalCondition } from './conditions/minimum-subtotal.ts'
import { ownedProductsCondition } from './conditions/owned-products.ts'
import { productTypesCondition } from './conditions/product-types.ts'
import { productsCondition } from './conditions/products.ts'
import { sitesCondition } from './conditions/sites.ts'
import { variantsCondition } from './conditions/variants.ts'
import { weekdaysCondition } from './conditions/weekdays.ts'
import { type BenefitRule, type ConditionRule, type PromotionRules, promotionRules } from './promotion-rules.ts'

/** The kinds of conditions that Bursar brings; `any` and `none` join them. */
export const builtInConditions: readonly ConditionRule[] = [
  productsCondition,
  variantsCondition,
  productTypesCondition,
  collectionsCondition,
  minimumSubtotalCondition,
  minimumQuantityCondition,
  customersCondition,
  customerGroupsCondition,
  firstOrderCondition,
  countriesCondition,
  currenciesCondition,
  weekdaysCondition,
  localDatesCondition,
  localHoursCondition,
  sitesCondition,
  emailDomainsCondition,
  ownedProductsCondition,
]

/** The kinds of benefits that Bursar brings. */
export const builtInBenefits: readonly BenefitRule[] = [
  percentBenefit,
  fixedBenefit,
  fixedPriceBenefit,
  buyXGetYBenefit,
  quantityTiersBenefit,
  subtotalTiersBenefit,
  seatsFreeBenefit,
  bundlePriceBenefit,
  freeGiftBenefit,
]

/** What `quote` knows unless it is given other rules. */
export const builtInRules: PromotionRules = /* @__PURE__ */ promotionRules({
  conditions: builtInConditions,
  benefits: builtInBenefits,
})
