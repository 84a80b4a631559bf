import { id } from '../ids/id.schema.ts'
import { model, type ObjectMaker, part, type SchemaOf, union } from '../json/checked.schema.ts'
import { choice, flag, formed, list, tag, text, whole } from '../json/field.schema.ts'
import { moneyOf, rate } from '../money/money.schema.ts'
import { instant } from '../time/instant.schema.ts'
import type {
  AnyCondition,
  Code,
  LocalDateRange,
  NoneCondition,
  Promotion,
  PromotionBenefit,
  PromotionCondition,
  SimpleCondition,
} from './promotion.ts'

type Condition<K extends PromotionCondition['type']> = Extract<PromotionCondition, { type: K }>
type Benefit<K extends PromotionBenefit['type']> = Extract<PromotionBenefit, { type: K }>

const uses = whole(1, 1_000_000_000)

const country = text(2, 2)
const currency = text(3, 3)
const date = formed(/^\d{4}-\d{2}-\d{2}$/, 'a day such as 2026-12-24', { maximum: 10 })
const timeOfDay = formed(/^([01]\d|2[0-3]):[0-5]\d$/, 'a time of day from 00:00 to 23:59', { maximum: 5 })
const domain = text(1, 253)

const simpleArms = (object: ObjectMaker) => ({
  products: object<Condition<'products'>>()({ type: tag('products'), products: list(id, 1000, 1) }),
  variants: object<Condition<'variants'>>()({ type: tag('variants'), variants: list(id, 1000, 1) }),
  product_types: object<Condition<'product_types'>>()({
    type: tag('product_types'),
    productTypes: list(text(1, 60), 100, 1),
  }),
  minimum_subtotal: object<Condition<'minimum_subtotal'>>()({
    type: tag('minimum_subtotal'),
    amounts: list(moneyOf(object), 50, 1),
  }),
  minimum_quantity: object<Condition<'minimum_quantity'>>()({
    type: tag('minimum_quantity'),
    quantity: whole(1, 200_000),
  }),
  customers: object<Condition<'customers'>>()({ type: tag('customers'), customers: list(id, 1000, 1) }),
  customer_groups: object<Condition<'customer_groups'>>()({
    type: tag('customer_groups'),
    groups: list(text(1, 100), 100, 1),
  }),
  first_order: object<Condition<'first_order'>>()({ type: tag('first_order') }),
  countries: object<Condition<'countries'>>()({ type: tag('countries'), countries: list(country, 250, 1) }),
  currencies: object<Condition<'currencies'>>()({ type: tag('currencies'), currencies: list(currency, 200, 1) }),
  weekdays: object<Condition<'weekdays'>>()({ type: tag('weekdays'), days: list(whole(1, 7), 7, 1) }),
  collections: object<Condition<'collections'>>()({ type: tag('collections'), collections: list(id, 100, 1) }),
  local_dates: object<Condition<'local_dates'>>()({
    type: tag('local_dates'),
    ranges: list(object<LocalDateRange>()({ first: date.nullable(), last: date.nullable() }), 50, 1),
  }),
  local_hours: object<Condition<'local_hours'>>()({ type: tag('local_hours'), from: timeOfDay, until: timeOfDay }),
  sites: object<Condition<'sites'>>()({ type: tag('sites'), sites: list(id, 1000, 1) }),
  email_domains: object<Condition<'email_domains'>>()({
    type: tag('email_domains'),
    domains: list(domain, 1000, 1),
  }),
  owned_products: object<Condition<'owned_products'>>()({
    type: tag('owned_products'),
    products: list(id, 1000, 1),
  }),
})

const conditionOf = (object: ObjectMaker): SchemaOf<PromotionCondition> => {
  const simple = simpleArms(object)
  const none = object<NoneCondition>()({
    type: tag('none'),
    conditions: list(union<SimpleCondition>()(simple), 20, 1),
  })
  const any = object<AnyCondition>()({
    type: tag('any'),
    conditions: list(union<SimpleCondition | NoneCondition>()({ ...simple, none }), 20, 1),
  })
  return union<PromotionCondition>()({ ...simple, none, any })
}

type QuantityTier = Benefit<'quantity_tiers'>['tiers'][number]
type SubtotalTier = Benefit<'subtotal_tiers'>['tiers'][number]

const benefitOf = (object: ObjectMaker): SchemaOf<PromotionBenefit> => {
  const amounts = list(moneyOf(object), 50, 1)
  const quantityTier = object<QuantityTier>()({ minimum: whole(1, 200_000), percent: rate })
  const subtotalTier = object<SubtotalTier>()({ minimum: amounts, percent: rate })
  return union<PromotionBenefit>()({
    percent: object<Benefit<'percent'>>()({ type: tag('percent'), percent: rate }),
    fixed: object<Benefit<'fixed'>>()({ type: tag('fixed'), amounts }),
    fixed_price: object<Benefit<'fixed_price'>>()({ type: tag('fixed_price'), amounts }),
    buy_x_get_y: object<Benefit<'buy_x_get_y'>>()({
      ...{ type: tag('buy_x_get_y'), buy: whole(1, 1000), get: whole(1, 1000), percent: rate },
    }),
    quantity_tiers: object<Benefit<'quantity_tiers'>>()({
      type: tag('quantity_tiers'),
      tiers: list(quantityTier, 50, 1),
    }),
    subtotal_tiers: object<Benefit<'subtotal_tiers'>>()({
      type: tag('subtotal_tiers'),
      tiers: list(subtotalTier, 50, 1),
    }),
  })
}

/** Fields of a promotion but its id. */
export const promotionFields = (object: ObjectMaker) => ({
  name: text(1, 200),
  sites: list(id, 1000).nullable(),
  from: instant.nullable(),
  until: instant.nullable(),
  requiresCode: flag,
  conditions: list(conditionOf(object), 20),
  benefit: benefitOf(object),
  limits: object<Promotion['limits']>()({ uses: uses.nullable(), usesPerCustomer: uses.nullable() }),
  stacking: choice('combinable', 'exclusive'),
  priority: whole(0, 1000),
  status: choice('active', 'archived'),
})

/** A promotion as staff see it. */
export const promotion: SchemaOf<Promotion> = model<Promotion>('Promotion')({ id, ...promotionFields(part) })

/** A code as typed. */
export const typedCode: SchemaOf<string> = text(1, 64)

/** Fields of a code but its id. */
export const codeFields = {
  code: typedCode,
  site: text(1, 64),
  promotionId: id,
  uses: uses.nullable(),
  from: instant.nullable(),
  until: instant.nullable(),
  status: choice('active', 'revoked'),
}

/** A code as staff see it. */
export const code: SchemaOf<Code> = model<Code>('Code')({ id, ...codeFields })
