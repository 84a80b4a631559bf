import type { StandardSchemaV1 } from '@standard-schema/spec'
import { type InputIssue, issueUnless } from '../errors/index.ts'
import { joinedBy } from './judge-conditions.ts'
import {
  type BenefitRule,
  type ConditionRule,
  type PromotionRules,
  promotionRules,
  type Typed,
} from './promotion-rules.ts'

/** The kinds of conditions and benefits of a shop: their rules for quotes, and what staff may write. */
export interface PromotionKinds {
  /** By `type`. */
  readonly conditions: ReadonlyMap<string, ConditionKind>
  /** By `type`. */
  readonly benefits: ReadonlyMap<string, BenefitKind>
  /** What `quote` takes of them. */
  readonly rules: PromotionRules
}

/**
 * A kind of condition: its rule, a pure function that browsers take too, and the schema of its data, joined by `type`.
 * A host adds one by value; its `type` holds a colon, such as `acme:minimum_places`, so that no later kind of Bursar's
 * takes the name.
 */
export interface ConditionKind<Condition extends Typed = Typed> extends Form<Condition> {
  /** Decides it. */
  readonly rule: ConditionRule<Condition>
}

/** A kind of benefit: its rule and the schema of its data. See {@link ConditionKind}. */
export interface BenefitKind<Benefit extends Typed = Typed> extends Form<Benefit> {
  /** Reckons it. */
  readonly rule: BenefitRule<Benefit>
}

/** What staff may write for a kind. */
interface Form<Data extends Typed> {
  /**
   * The form of its data, `type` among them: of zod, valibot, arktype, or whatever follows Standard Schema. It must
   * answer at once, and it converts nothing: what was written is what is stored.
   * @see https://standardschema.dev
   */
  readonly schema: StandardSchemaV1<unknown, Data>
  /**
   * What is wrong with data of the right form; paths are within it. Pure. A promotion that can never apply is refused
   * here. @default nothing
   */
  check?(data: Data, shop: ShopFacts): readonly InputIssue[]
  /** The records that it names: each must be there. Pure. @default none */
  names?(data: Data): readonly KindReference[]
  /**
   * What it leaves possible of something that a line or a cart has one of. A promotion is refused that names such values in
   * several places which have none in common: it could never apply. Pure. @default anything
   */
  allows?(data: Data): AllowedValues
}

/** Values of something that a line or a cart has one of. */
export interface AllowedValues {
  /** What they are values of: `product`, `variant`, `product_type`, `customer`, `country`, `weekday`, `site`, `currency`, or the host's. */
  readonly of: string
  /** Those that are possible. */
  readonly values: readonly (string | number)[]
  /** Does it hold for each of them, whatever else is true? Then its opposite rules them out. @default false */
  readonly isExact?: boolean | undefined
  /** The member that names them, where a complaint shall name it. @default the whole */
  readonly path?: string | undefined
}

/** What a check may look up. */
export interface ShopFacts {
  /** Names of the product types. */
  readonly productTypes: ReadonlySet<string>
}

/** A record that a condition or a benefit names. */
export interface KindReference {
  /** Where within its data, such as `products.0`. */
  readonly path: string
  /** What it is. */
  readonly record: 'product' | 'variant' | 'collection' | 'customer' | 'site'
  /** Its id. */
  readonly id: string
}

/**
 * Joins kinds to what a shop knows.
 * @throws RangeError when two kinds have one type.
 */
export function promotionKinds(kinds: {
  /** Kinds of conditions. */
  readonly conditions: readonly ConditionKind[]
  /** Kinds of benefits. */
  readonly benefits: readonly BenefitKind[]
}): PromotionKinds {
  const { conditions, benefits } = kinds
  return {
    conditions: new Map(conditions.map((kind) => [kind.rule.type, kind])),
    benefits: new Map(benefits.map((kind) => [kind.rule.type, kind])),
    rules: promotionRules({
      conditions: conditions.map(({ rule }) => rule),
      benefits: benefits.map(({ rule }) => rule),
    }),
  }
}

/** What is wrong with a condition, and with those that it joins. Paths begin with `path`. */
export function checkCondition(
  condition: Typed,
  path: string,
  shop: ShopFacts & { kinds: PromotionKinds },
): readonly InputIssue[] {
  const joined = joinedBy(condition)
  if (joined === null) return checkData(condition, path, shop.kinds.conditions, shop)
  return [
    ...issueUnless(joined.length > 0, `${path}.conditions`, 'must name at least one'),
    ...joined.flatMap((inner, place) => checkCondition(inner, `${path}.conditions.${place}`, shop)),
  ]
}

/** What is wrong with a benefit. */
export function checkBenefit(benefit: Typed, shop: ShopFacts & { kinds: PromotionKinds }): readonly InputIssue[] {
  return checkData(benefit, 'benefit', shop.kinds.benefits, shop)
}

/** The records that a condition names, or those that it joins. Data that are not of their kind's form name none. */
export function namedInCondition(condition: Typed, path: string, kinds: PromotionKinds): readonly KindReference[] {
  const joined = joinedBy(condition)
  return joined === null
    ? namedInData(condition, path, kinds.conditions)
    : joined.flatMap((inner, place) => namedInCondition(inner, `${path}.conditions.${place}`, kinds))
}

/** The records that a benefit names. */
export function namedInBenefit(benefit: Typed, kinds: PromotionKinds): readonly KindReference[] {
  return namedInData(benefit, 'benefit', kinds.benefits)
}

/** What a condition that joins nothing leaves possible, or null. It has its kind's form. */
export function allowedByCondition(condition: Typed, kinds: PromotionKinds): AllowedValues | null {
  return allowedBy(condition, kinds.conditions)
}

/** What a benefit leaves possible, or null. It has its kind's form. */
export function allowedByBenefit(benefit: Typed, kinds: PromotionKinds): AllowedValues | null {
  return allowedBy(benefit, kinds.benefits)
}

type Forms = ReadonlyMap<string, Form<Typed>>

function checkData(data: Typed, path: string, forms: Forms, shop: ShopFacts): readonly InputIssue[] {
  const form = forms.get(data.type)
  const known = [...forms.keys()].join(', ')
  if (form === undefined) return [{ path: `${path}.type`, message: `is none that this shop knows: ${known}` }]
  const wrong = issuesOfForm(form, data)
  const issues = wrong.length > 0 ? wrong : (form.check?.(data, shop) ?? [])
  return issues.map((issue) => ({ ...issue, path: within(path, issue.path) }))
}

function namedInData(data: Typed, path: string, forms: Forms): readonly KindReference[] {
  const form = forms.get(data.type)
  if (form?.names === undefined || issuesOfForm(form, data).length > 0) return []
  return form.names(data).map((named) => ({ ...named, path: within(path, named.path) }))
}

function allowedBy(data: Typed, forms: Forms): AllowedValues | null {
  return forms.get(data.type)?.allows?.(data) ?? null
}

function issuesOfForm({ schema }: Form<Typed>, data: Typed): readonly InputIssue[] {
  const result = schema['~standard'].validate(data)
  if (result instanceof Promise) throw new TypeError(`The schema of the kind ${data.type} must answer at once.`)
  return (result.issues ?? []).map(({ message, path = [] }) => ({
    path: path.map((segment) => String(typeof segment === 'object' ? segment.key : segment)).join('.'),
    message,
  }))
}

const within = (path: string, inner: string): string => (inner === '' ? path : `${path}.${inner}`)
