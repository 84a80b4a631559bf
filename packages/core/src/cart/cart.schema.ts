import { recipient, recipientInput } from '../customer/recipient.schema.ts'
import { id } from '../ids/id.schema.ts'
import { input, model, type SchemaOf } from '../json/checked.schema.ts'
import { items, list, text, whole } from '../json/field.schema.ts'
import { jsonObject } from '../json/json.schema.ts'
import { currency, knownCurrency } from '../money/money.schema.ts'
import { chosenParts, quantity, quote } from '../pricing/quote.schema.ts'
import { typedCode } from '../promotion/promotion.schema.ts'
import { country, region } from '../site/country.schema.ts'
import { MAXIMUM_LINES } from './cart.ts'
import type {
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

const cartLine = model<CartLineView>('CartLine')({
  ...{ id, variantId: id, quantity, recipient },
  parts: items(id).optional(),
})

/** A cart as callers see it. */
export const cart: SchemaOf<CartView> = model<CartView>('Cart')({
  id,
  version: whole(1, Number.MAX_SAFE_INTEGER),
  currency: knownCurrency,
  lines: items(cartLine),
  codes: items(id),
  country: country.nullable(),
  region: region.optional(),
  orderId: id.nullable(),
  nextCartId: id.optional(),
  pendingOrderId: id.nullable(),
})

/** A secret that opens an anonymous cart. */
const cartToken: SchemaOf<string> = text(1, 200)

/** What every cart operation answers. */
export const cartWithQuote: SchemaOf<CartWithQuote> = model<CartWithQuote>('CartWithQuote')({
  cart,
  quote,
  token: cartToken.optional(),
  pricingInputs: model<ShownPricingInputs>('ShownPricingInputs')({ hash: text(64, 64), inputs: jsonObject }).optional(),
})

const newLine = {
  lineId: id,
  variantId: id,
  quantity: quantity.optional(),
  parts: chosenParts.optional(),
  recipient: recipientInput.optional(),
}

/** Input of `carts.create`. */
export const createCartInput: SchemaOf<CreateCartInput> = input<CreateCartInput>()({
  currency: currency.optional(),
  country: country.optional(),
  region: region.optional(),
  lines: list(input<NewCartLine>()(newLine), MAXIMUM_LINES).optional(),
})

/** Input of `carts.get`. */
export const getCartInput: SchemaOf<GetCartInput> = input<GetCartInput>()({ cartId: id })

/** Input of `carts.update`. */
export const updateCartInput: SchemaOf<UpdateCartInput> = input<UpdateCartInput>()({
  cartId: id,
  currency: currency.optional(),
  country: country.optional(),
  region: region.optional(),
})

/** Input of `carts.addLine`. */
export const addLineInput: SchemaOf<AddLineInput> = input<AddLineInput>()({ cartId: id, ...newLine })

/** Input of `carts.updateLine`. */
export const updateLineInput: SchemaOf<UpdateLineInput> = input<UpdateLineInput>()({
  cartId: id,
  lineId: id,
  quantity: quantity.optional(),
  parts: chosenParts.optional(),
  recipient: recipientInput.optional(),
})

/** Input of `carts.removeLine`. */
export const removeLineInput: SchemaOf<RemoveLineInput> = input<RemoveLineInput>()({ cartId: id, lineId: id })

/** Input of `carts.applyCode`. */
export const applyCodeInput: SchemaOf<ApplyCodeInput> = input<ApplyCodeInput>()({ cartId: id, code: typedCode })

/** Input of `carts.applyDiscount`. */
export const applyDiscountInput: SchemaOf<ApplyDiscountInput> = input<ApplyDiscountInput>()({
  cartId: id,
  token: text(1, 4096),
})

/** Input of `carts.removeCode`. */
export const removeCodeInput: SchemaOf<RemoveCodeInput> = input<RemoveCodeInput>()({ cartId: id, codeId: id })

/** Input of `me.takeCart`. */
export const takeCartInput: SchemaOf<TakeCartInput> = input<TakeCartInput>()({
  fromCartId: id.optional(),
  fromToken: cartToken.optional(),
})

/** Input of `carts.merge`. */
export const mergeCartsInput: SchemaOf<MergeCartsInput> = input<MergeCartsInput>()({
  cartId: id,
  fromCartId: id,
  fromToken: cartToken.optional(),
})
