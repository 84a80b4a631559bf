export { type Cart, type CartLine, KEPT_KEYS, MAXIMUM_CODES, MAXIMUM_LINES } from './cart.ts'
export type {
  AddLineInput,
  ApplyCodeInput,
  CartLineView,
  CartView,
  CartWithQuote,
  CreateCartInput,
  GetCartInput,
  MergeCartsInput,
  NewCartLine,
  RemoveCodeInput,
  RemoveLineInput,
  UpdateCartInput,
  UpdateLineInput,
} from './cart-api.ts'
export type { Guard } from './guard.ts'
export { carts } from './cart.collection.ts'
export { addLine } from './add-line.ts'
export { applyCode } from './apply-code.ts'
export { isRepeat } from './cart-keys.ts'
export type { CartPorts } from './cart-ports.ts'
export { changeCart } from './change-cart.ts'
export { createCart } from './create-cart.ts'
export { createQuotes } from './create-quotes.ts'
export { getCart } from './get-cart.ts'
export { mergeAnonymousCart } from './merge-anonymous-cart.ts'
export { mergeCarts } from './merge-carts.ts'
export { mayOpen, openCart, type OpenedCart } from './open-cart.ts'
export { askGuards, cartWithQuote, priceCart, type PricedCart, shopperFacts } from './price-cart.ts'
export { removeCode } from './remove-code.ts'
export { removeLine } from './remove-line.ts'
export { updateCart } from './update-cart.ts'
export { updateLine } from './update-line.ts'
