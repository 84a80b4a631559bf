import { email, personName } from '../customer/personal-data.schema.ts'
import { id } from '../ids/id.schema.ts'
import { input, model, type SchemaOf } from '../json/checked.schema.ts'
import { list, text } from '../json/field.schema.ts'
import { moneyOf } from '../money/money.schema.ts'
import { orderView, paymentView } from '../order/order-view.schema.ts'
import { consentInput } from '../site/consent.schema.ts'
import type { CheckoutInput, CheckoutResult, GuestInput } from './checkout-api.ts'

/** Input of `carts.checkout`. */
export const checkoutInput: SchemaOf<CheckoutInput> = input<CheckoutInput>()({
  cartId: id,
  expectedTotal: moneyOf(input),
  consents: list(consentInput, 20).optional(),
  paymentAccount: id.optional(),
  paymentToken: text(1, 2000).optional(),
  returnUrl: text(1, 2000).optional(),
  guest: input<GuestInput>()({ email, name: personName.optional() }).optional(),
})

/** Answer of `carts.checkout`. */
export const checkoutResult: SchemaOf<CheckoutResult> = model<CheckoutResult>('CheckoutResult')({
  order: orderView,
  payment: paymentView.nullable(),
})
