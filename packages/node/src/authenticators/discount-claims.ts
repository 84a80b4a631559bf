import type { SignedDiscount } from '@bursar/core'

/** The `typ` of tokens that promise discounts: none of them is a sign-in, and no sign-in is one of them. */
export const DISCOUNT_TYPE = 'bursar-discount+jwt'

/** The last instant that has four digits for its year. */
const LATEST = 253_402_300_799
const MEMBERS: readonly string[] = ['promotion', 'percent', 'amount', 'products', 'cart']

type Claims = Readonly<Record<string, unknown>>

/** Is a token of this type one that promises a discount? `application/` may be left out in front. */
export function isDiscountType(typ: string | undefined): boolean {
  return typ?.toLowerCase().replace(/^application\//, '') === DISCOUNT_TYPE
}

/** What a token's verified claims promise; a string says what is wrong with them. What is not understood is not ignored. */
export function discountOf(payload: Claims, issuer: string): SignedDiscount | string {
  const { exp, jti, sub, bursar_discount: claim } = payload
  if (!isObject(claim)) return 'bursar_discount is no object'
  const unknown = Object.keys(claim).find((name) => !MEMBERS.includes(name))
  if (unknown !== undefined) return `bursar_discount.${unknown} is not known`
  const { promotion, percent, amount, products, cart } = claim
  if (typeof exp !== 'number' || exp > LATEST) return 'exp is too late'
  if (!isId(promotion)) return 'bursar_discount.promotion is no id'
  if (!isOptional(percent, isText)) return 'bursar_discount.percent is no text'
  if (!isOptional(amount, isAmount)) return 'bursar_discount.amount is no { amount, currency }'
  if (!isOptional(products, isIds)) return 'bursar_discount.products is no list of ids'
  if (!isOptional(cart, isId)) return 'bursar_discount.cart is no id'
  if (!isOptional(sub, isText)) return 'sub is no text of 1 to 200 characters'
  if (!isOptional(jti, isText)) return 'jti is no text of 1 to 200 characters'
  return {
    ...{ issuer, promotion, percent, amount, products },
    id: jti ?? null,
    customer: sub ?? null,
    cart: cart ?? null,
    until: new Date(Math.floor(exp * 1000)).toISOString(),
  }
}

function isOptional<T>(value: unknown, is: (value: unknown) => value is T): value is T | undefined {
  return value === undefined || is(value)
}

const isObject = (value: unknown): value is Claims =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const isText = (value: unknown): value is string =>
  typeof value === 'string' && value.length >= 1 && value.length <= 200

const isId = (value: unknown): value is string => typeof value === 'string' && /^[A-Za-z0-9_-]{1,64}$/.test(value)

const isIds = (value: unknown): value is readonly string[] => Array.isArray(value) && value.every(isId)

const isAmount = (value: unknown): value is { amount: number; currency: string } =>
  isObject(value) &&
  typeof value.amount === 'number' &&
  typeof value.currency === 'string' &&
  Object.keys(value).length === 2
