export type { BookWhole } from './book-whole.ts'
export { checkPrices } from './check-prices.ts'
export { applicableLists, choosePrice } from './choose-price.ts'
export { comparePrecedence } from './compare-precedence.ts'
export { budgetCounter, capacityCounter, ordersCounter } from './count-uses.ts'
export { creditCounter, creditedPart, isCredit } from './credits-used.ts'
export { createEstimateCart, type EstimateCart, type ShownCart } from './estimate-cart.ts'
export { explainQuote } from './explain-quote.ts'
export { type Gathered, gatherPricingInputs, siteOf, siteThatOffers } from './gather-pricing-inputs.ts'
export { hideCodes, hideCodesOfQuote } from './hide-codes.ts'
export { lowestRecent } from './lowest-recent.ts'
export type { PageInputs } from './page-inputs.ts'
export { pastPrices } from './past-prices.ts'
export { type BookEntry, PriceBook, PriceBooks } from './price-book.ts'
export { quote } from './price-cart.ts'
export type { PriceChange } from './price-change.ts'
export type { PastPrice, Price, PriceList, VariantPrices } from './price-list.ts'
export { type NewPriceList, priceListKind } from './price-list-kind.ts'
export {
  PRICING_VERSION_ID,
  type PricingVersion,
  priceChanges,
  priceLists,
  pricingInputs,
  pricingVersions,
  variantPrices,
  WHOLE,
} from './pricing.collection.ts'
export { pricingChange } from './pricing-change.ts'
export {
  ENGINE_VERSION,
  type Fact,
  type LineRefusal,
  type OwnedThings,
  type PaidPrice,
  type PlaceOfSale,
  type PricedCode,
  type PricedLine,
  type PricedPromotion,
  type PricedSite,
  type PricedVariant,
  type PricingInputs,
  type PromotionChoice,
  type ShopperFacts,
  type TestPrice,
} from './pricing-inputs.ts'
export type { Hold, KnownCodes, PricingSubject } from './pricing-subject.ts'
export type {
  Adjustment,
  AdjustmentCause,
  CodeRefusal,
  LeftOutPart,
  PartTax,
  Quote,
  QuoteCode,
  QuoteHint,
  QuoteLine,
  QuotePart,
  QuoteStep,
  QuoteUse,
} from './quote.ts'
export { type PricedThen, pricesAsThen, quoteAgain } from './quote-again.ts'
export type { CreateQuoteInput, QuoteLineInput } from './quote-api.ts'
export { quoteHashOf } from './quote-hash.ts'
export type { OwnershipQuestion, ReadOwnership } from './read-ownership.ts'
export { reckonable } from './reckonable.ts'
export { refusePart } from './refuse-variant.ts'
export { type OwnedBy, ownedByNewcomer } from './rights-ahead.ts'
export { shopperInputs } from './shopper-inputs.ts'
export { readTaxAnswer, taxRequest } from './tax-answer.ts'
export type { TaxedItem, TaxInput } from './tax-input.ts'
export { FINAL_REFUSALS, isSecretive, toldQuote } from './told-quote.ts'
