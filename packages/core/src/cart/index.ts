export { addLine } from './add-line.ts'
export { applyCode } from './apply-code.ts'
export { applyDiscount } from './apply-discount.ts'
export { assertReachable } from './assert-reachable.ts'
export { carts } from './cart.collection.ts'
export { type Cart, type CartLine, usedAt } from './cart.ts'
export type {
  AddLineInput,
  ApplyCodeInput,
  ApplyDiscountInput,
  CartLineView,
  CartView,
  CartWithQuote,
  CreateCartInput,
  GetCartInput,
  MergeCartsInput,
  NewCartLine,
  RemoveCodeInput,
  RemoveLineInput,
  ShownPricingInputs,
  TakeCartInput,
  UpdateCartInput,
  UpdateLineInput,
} from './cart-api.ts'

export { type CartPorts, needsLearner } from './cart-ports.ts'

export { CodesAhead } from './codes-ahead.ts'
export { createCart } from './create-cart.ts'
export { createQuotes } from './create-quotes.ts'
export { findCartOfToken } from './find-cart-of-token.ts'
export { CARTS_KEPT_DAYS, forgetCartsJob } from './forget-carts.ts'
export { getCart } from './get-cart.ts'
export type { Guard } from './guard.ts'
export { mergeAnonymousCart, opensFrom } from './merge-anonymous-cart.ts'
export { emptied } from './merge-carts.ts'

export { myCart } from './my-cart.ts'
export { peopleNamed } from './named-people.ts'
export { mayOpen, type OpenedCart } from './open-cart.ts'
export { assertSize } from './order-size.ts'
export {
  askGuards,
  cartView,
  type PricedCart,
  priceCart,
  shopperFacts,
  subjectOfCart,
  withProducts,
} from './price-cart.ts'
export { removeCode } from './remove-code.ts'
export { removeLine } from './remove-line.ts'
export { updateCart } from './update-cart.ts'
export { updateLine } from './update-line.ts'
