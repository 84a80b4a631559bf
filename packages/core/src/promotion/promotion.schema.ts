import { id } from '../ids/id.schema.ts'
import { model, type ObjectMaker, openUnion, part, type SchemaOf, union } from '../json/checked.schema.ts'
import { choice, flag, formed, list, tag, text, whole } from '../json/field.schema.ts'
import { moneyOf, rate } from '../money/money.schema.ts'
import { instant } from '../time/instant.schema.ts'
import { builtInBenefitKinds, builtInConditionKinds } from './built-in-kinds.ts'
import { type CodeBatch, MAXIMUM_BATCH } from './code-batch.ts'
import { hostData } from './host-data.schema.ts'
import type {
  AnyCondition,
  Code,
  HostData,
  NoneCondition,
  Promotion,
  PromotionBenefit,
  PromotionCondition,
  PromotionLimits,
  SignedTerms,
  SimpleCondition,
} from './promotion.ts'

const uses = whole(1, 1_000_000_000)

const arms = <Kinds extends { readonly [type: string]: { arm(object: ObjectMaker): unknown } }>(
  kinds: Kinds,
  object: ObjectMaker,
): { [T in keyof Kinds]: ReturnType<Kinds[T]['arm']> } =>
  // Object.entries forgets which kind belongs to which type.
  Object.fromEntries(Object.entries(kinds).map(([type, kind]) => [type, kind.arm(object)])) as {
    [T in keyof Kinds]: ReturnType<Kinds[T]['arm']>
  }

const conditionOf = (object: ObjectMaker): SchemaOf<PromotionCondition> => {
  const simple = arms(builtInConditionKinds, object)
  const none = object<NoneCondition>()({
    type: tag('none'),
    conditions: list(openUnion(union<Exclude<SimpleCondition, HostData>>()(simple), hostData), 20, 1),
  })
  const any = object<AnyCondition>()({
    type: tag('any'),
    conditions: list(
      openUnion(union<Exclude<SimpleCondition, HostData> | NoneCondition>()({ ...simple, none }), hostData),
      20,
      1,
    ),
  })
  return openUnion(union<Exclude<PromotionCondition, HostData>>()({ ...simple, none, any }), hostData)
}

const benefitOf = (object: ObjectMaker): SchemaOf<PromotionBenefit> =>
  openUnion(union<Exclude<PromotionBenefit, HostData>>()(arms(builtInBenefitKinds, object)), hostData)

const limitsOf = (object: ObjectMaker): SchemaOf<PromotionLimits> => {
  const money = list(moneyOf(object), 50, 1).nullable().optional()
  return object<PromotionLimits>()({
    ...{ uses: uses.nullable(), usesPerCustomer: uses.nullable() },
    ...{ money, moneyPerOrder: money, whenShort: choice('nothing', 'rest').optional() },
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
  limits: limitsOf(object),
  stacking: choice('combinable', 'exclusive'),
  group: text(1, 100).nullable().optional(),
  hinted: flag.optional(),
  signedByHost: flag.optional(),
  priority: whole(0, 1000),
  status: choice('active', 'archived'),
})

/** A promotion as staff see it. */
export const promotion: SchemaOf<Promotion> = model<Promotion>('Promotion')({ id, ...promotionFields(part) })

/** A code as typed. */
export const typedCode: SchemaOf<string> = text(1, 64)

const returnsUse = choice('never', 'always', 'whole_order')

/** Fields of a code but its id. */
export const codeFields = {
  code: typedCode,
  site: text(1, 64),
  promotionId: id,
  uses: uses.nullable(),
  from: instant.nullable(),
  until: instant.nullable(),
  status: choice('active', 'revoked'),
  usesPerCustomer: uses.nullable().optional(),
  returnsUse: returnsUse.optional(),
}

/** A code as staff see it. */
export const code: SchemaOf<Code> = model<Code>('Code')({
  id,
  ...codeFields,
  batchId: id.nullable().optional(),
  assignedTo: id.nullable().optional(),
  remindedAt: instant.nullable().optional(),
  signed: part<SignedTerms>()({
    percent: rate.optional(),
    amount: moneyOf(part).optional(),
    products: list(id, 100, 1).optional(),
  })
    .nullable()
    .optional(),
})

/** Fields of a batch that can be changed. */
export const codeBatchFields = {
  name: text(1, 200),
  from: instant.nullable(),
  until: instant.nullable(),
  usesPerCustomer: uses.nullable().optional(),
  returnsUse: returnsUse.optional(),
}

/** Fields of a batch that its codes are made by. */
export const mintFields = {
  promotionId: id,
  site: text(1, 64),
  prefix: formed(/^[A-Za-z0-9]*$/, 'at most 16 letters and digits of A–Z and 0–9', { minimum: 0, maximum: 16 }),
  length: whole(10, 32),
  count: whole(1, MAXIMUM_BATCH),
  uses: uses.nullable(),
}

/** What a batch can come to. */
export const codeBatchStatus = choice('active', 'revoked')

/** A batch of codes as staff see it. */
export const codeBatch: SchemaOf<CodeBatch> = model<CodeBatch>('CodeBatch')({
  id,
  ...codeBatchFields,
  ...mintFields,
  minted: whole(0, MAXIMUM_BATCH),
  status: codeBatchStatus,
  createdAt: instant,
})
