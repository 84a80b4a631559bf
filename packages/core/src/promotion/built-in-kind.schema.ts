import { input, type ObjectMaker, type SchemaOf } from '../json/checked.schema.ts'
import type { BenefitKind, ConditionKind } from './promotion-kinds.ts'
import type { BenefitRule, ConditionRule, Typed } from './promotion-rules.ts'

/** A kind of Bursar's own: what the documents say of it beside what any kind has. */
export interface BuiltIn<Data extends Typed> {
  /** The schema of its data, strict for requests, open for answers. */
  arm(object: ObjectMaker): SchemaOf<Data>
}

/**
 * Makes a kind of conditions: its schema is the arm as requests have it. What finds its promotions stands beside the rule, so
 * that a page takes the rule without it.
 */
export const conditionKind = <Condition extends Typed>({
  indexKeys,
  ...kind
}: Omit<ConditionKind<Condition>, 'schema'> &
  BuiltIn<Condition> &
  Pick<ConditionRule<Condition>, 'indexKeys'>): ConditionKind<Condition> & BuiltIn<Condition> => ({
  ...kind,
  rule: indexKeys === undefined ? kind.rule : { ...kind.rule, indexKeys },
  schema: kind.arm(input),
})

/** Makes a kind of benefits, in the same way: what it hints and what finds its promotions stand beside the rule. */
export const benefitKind = <Benefit extends Typed>({
  missing,
  indexKeys,
  ...kind
}: Omit<BenefitKind<Benefit>, 'schema'> &
  BuiltIn<Benefit> &
  Pick<BenefitRule<Benefit>, 'missing' | 'indexKeys'>): BenefitKind<Benefit> & BuiltIn<Benefit> => ({
  ...kind,
  rule: {
    ...kind.rule,
    ...(missing === undefined ? {} : { missing }),
    ...(indexKeys === undefined ? {} : { indexKeys }),
  },
  schema: kind.arm(input),
})
