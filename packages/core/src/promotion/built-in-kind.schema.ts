import { input, type ObjectMaker, type SchemaOf } from '../json/checked.schema.ts'
import type { BenefitKind, ConditionKind } from './promotion-kinds.ts'
import type { BenefitRule, Typed } from './promotion-rules.ts'

/** A kind of Bursar's own: what the documents say of it beside what any kind has. */
export interface BuiltIn<Data extends Typed> {
  /** The schema of its data, strict for requests, open for answers. */
  arm(object: ObjectMaker): SchemaOf<Data>
}

/** Makes a kind of conditions: its schema is the arm as requests have it. */
export const conditionKind = <Condition extends Typed>(
  kind: Omit<ConditionKind<Condition>, 'schema'> & BuiltIn<Condition>,
): ConditionKind<Condition> & BuiltIn<Condition> => ({ ...kind, schema: kind.arm(input) })

/**
 * Makes a kind of benefits: its schema is the arm as requests have it. What it hints stands beside the rule, so that a page
 * takes the rule without it.
 */
export const benefitKind = <Benefit extends Typed>({
  missing,
  ...kind
}: Omit<BenefitKind<Benefit>, 'schema'> &
  BuiltIn<Benefit> &
  Pick<BenefitRule<Benefit>, 'missing'>): BenefitKind<Benefit> & BuiltIn<Benefit> => ({
  ...kind,
  rule: missing === undefined ? kind.rule : { ...kind.rule, missing },
  schema: kind.arm(input),
})
