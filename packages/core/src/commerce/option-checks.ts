import type { ProductType } from '../catalog/index.ts'
import { didYouMean } from '../errors/index.ts'
import type { CommerceOptions, PromotionOptions } from './options.ts'

/** Says what is wrong with an option's value, in sentences that name it; undefined is an option that was not given. */
export type OptionCheck = (value: unknown, name: string) => readonly string[]

/**
 * What is wrong with options: names that are not known, and values that cannot be meant. Empty where nothing is.
 *
 * @param name The option that they are the members of, such as `server`.
 */
export function optionProblems(
  options: unknown,
  checks: { readonly [name: string]: OptionCheck },
  name?: string,
): readonly string[] {
  const wrong = isRecord(options, name ?? 'What is given')
  if (wrong.length > 0) return wrong
  const within = name === undefined ? '' : `${name}.`
  const names = Object.keys(checks)
  const given = options as { readonly [name: string]: unknown }
  const unknown = Object.keys(given).filter((one) => given[one] !== undefined && !Object.hasOwn(checks, one))
  return [
    ...unknown.map((one) => {
      const advice = didYouMean(one, names) || `known are ${names.join(', ')}.`
      return `${within}${one} is not known here: ${advice}`
    }),
    ...Object.entries(checks).flatMap(([one, check]) => check(given[one], `${within}${one}`)),
  ]
}

/** Every option of `createCommerce`, with what its values must be. */
export const commerceOptionChecks = {
  storage: adapter('commit', 'must be a storage, such as memoryStorage().'),
  payments: optional(eachNamed(adapter('open', 'must be a payment processor: it has no `open`.'))),
  fulfilment: optional(eachNamed(adapter('deliver', 'must be a fulfilment provider: it has no `deliver`.'))),
  authenticators: optional(list()),
  secrets: optional(isFunction),
  productTypes: optional(list((value, name) => optionProblems(value, PRODUCT_TYPE, name))),
  promotions: optional((value, name) => optionProblems(value, PROMOTION_OPTIONS, name)),
  taxRules: optional(list()),
  taxCalculator: optional(adapter('calculate', 'must be a tax calculator: it has no `calculate`.')),
  discountVerifiers: optional(list()),
  guards: optional(list()),
  cartsKeptDays: optional(isDays),
  runtime: optional(adapter('now', 'must be a runtime: it has no `now`.')),
  logger: optional(adapter('info', 'must be a logger: it has no `info`.')),
  failpoint: optional(isFunction),
} satisfies Record<keyof CommerceOptions, OptionCheck>

const PROMOTION_OPTIONS = {
  conditions: optional(list()),
  benefits: optional(list()),
} satisfies Record<keyof PromotionOptions, OptionCheck>

const PRODUCT_TYPE = {
  name: isText,
  productAttributes: isRecord,
  variantAttributes: isRecord,
  maximumQuantity: (value, name) => (typeof value === 'number' ? [] : [`${name} must be a number.`]),
  repeatable: optional((value, name) => (typeof value === 'boolean' ? [] : [`${name} must be true or false.`])),
  taxCategory: (value, name) => (typeof value === 'string' ? [] : [`${name} must be a text.`]),
} satisfies Record<keyof ProductType, OptionCheck>

function isDays(value: unknown, name: string): string[] {
  const isRight = value === null || (Number.isInteger(value) && Number(value) >= 1 && Number(value) <= 36_500)
  return isRight ? [] : [`${name} must be whole days, 1 to 36,500, or null to keep carts for ever.`]
}

function optional(check: OptionCheck): OptionCheck {
  return (value, name) => (value === undefined ? [] : check(value, name))
}

/** An adapter is told by one of its methods: the rest is its type's and its conformance suite's. */
function adapter(method: string, sentence: string): OptionCheck {
  return (value, name) => {
    const isOne = isObject(value) || typeof value === 'function'
    const found = isOne ? (value as { readonly [name: string]: unknown })[method] : undefined
    return typeof found === 'function' ? [] : [`${name} ${sentence}`]
  }
}

function eachNamed(check: OptionCheck): OptionCheck {
  return (value, name) => {
    const wrong = isRecord(value, name)
    if (wrong.length > 0) return wrong
    return Object.entries(value as object).flatMap(([key, one]) => check(one, `${name}.${key}`))
  }
}

function list(check: OptionCheck = () => []): OptionCheck {
  return (value, name) => {
    if (!Array.isArray(value)) return [`${name} must be a list.`]
    return value.flatMap((one: unknown, index) => check(one, `${name}[${index}]`))
  }
}

function isRecord(value: unknown, name: string): readonly string[] {
  return isObject(value) && !Array.isArray(value) ? [] : [`${name} must be an object.`]
}

function isText(value: unknown, name: string): readonly string[] {
  return typeof value === 'string' && value !== '' ? [] : [`${name} must be a text.`]
}

function isFunction(value: unknown, name: string): readonly string[] {
  return typeof value === 'function' ? [] : [`${name} must be a function.`]
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null
}
