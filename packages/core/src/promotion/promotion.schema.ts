import { id } from '../ids/id.schema.ts'
import { model, type ObjectMaker, part, type SchemaOf, union } from '../json/checked.schema.ts'
import { choice, flag, list, tag, text, whole } from '../json/field.schema.ts'
import { moneyOf, rate } from '../money/money.schema.ts'
import { instant } from '../time/instant.schema.ts'
import type { Code, Promotion, PromotionBenefit, PromotionCondition } from './promotion.ts'

type Condition<K extends PromotionCondition['type']> = Extract<PromotionCondition, { type: K }>
type Benefit<K extends PromotionBenefit['type']> = Extract<PromotionBenefit, { type: K }>

const uses = whole(1, 1_000_000_000)

const conditionOf = (object: ObjectMaker): SchemaOf<PromotionCondition> =>
  union<PromotionCondition>()({
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
  })

const benefitOf = (object: ObjectMaker): SchemaOf<PromotionBenefit> =>
  union<PromotionBenefit>()({
    percent: object<Benefit<'percent'>>()({ type: tag('percent'), percent: rate }),
    fixed: object<Benefit<'fixed'>>()({ type: tag('fixed'), amounts: list(moneyOf(object), 50, 1) }),
  })

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
