import { externalId, id } from '../ids/id.schema.ts'
import { model, type ObjectMaker, part, type SchemaOf, union } from '../json/checked.schema.ts'
import { choice, flag, items, list, tag, text, whole } from '../json/field.schema.ts'
import { json, jsonObject } from '../json/json.schema.ts'
import { money, rate } from '../money/money.schema.ts'
import { instant } from '../time/instant.schema.ts'
import type {
  Bundle,
  BundleGroup,
  BundlePart,
  BundlePricing,
  FulfilmentTarget,
  Prerequisite,
  Product,
  RecordStatus,
  Upgrade,
} from './product.ts'
import { productFields } from './product-fields.schema.ts'
import type { Publication } from './publication.ts'
import type { Run } from './run.ts'

type Pricing<K extends BundlePricing['type']> = Extract<BundlePricing, { type: K }>

/** Where a record stands. */
const recordStatus: SchemaOf<RecordStatus> = choice('active', 'archived')

/** Name of a product type. */
export const productTypeName: SchemaOf<string> = text(1, 60)

/** Name in addresses, any script. */
export const slug: SchemaOf<string> = text(1, 200)

/** Place in lists. */
export const place: SchemaOf<number> = whole(0, 1_000_000)

/** A product as it is kept. */
export const product: SchemaOf<Product> = model<Product>('Product')({
  id,
  type: productTypeName,
  externalId: externalId.nullable(),
  ...productFields,
  variants: items(id),
  status: recordStatus,
  createdAt: instant,
})

/** How a variant is delivered, in a request or an answer. */
export const fulfilmentTargetOf = (object: ObjectMaker): SchemaOf<FulfilmentTarget> =>
  object<FulfilmentTarget>()({ provider: text(1, 100), target: json })

/** Parts of a bundle, in a request or an answer. */
const bundleOf = (object: ObjectMaker): SchemaOf<Bundle> =>
  object<Bundle>()({
    parts: list(bundlePartOf(object), 100),
    groups: list(
      object<BundleGroup>()({ id, choose: whole(1, 100), parts: list(bundlePartOf(object), 100, 1) }),
      20,
    ).optional(),
    pricing: union<BundlePricing>()({
      own_price: object<Pricing<'own_price'>>()({ type: tag('own_price') }),
      sum_less_percent: object<Pricing<'sum_less_percent'>>()({ type: tag('sum_less_percent'), percent: rate }),
      sum_less_amount: object<Pricing<'sum_less_amount'>>()({
        type: tag('sum_less_amount'),
        amounts: list(money, 50, 1),
      }),
    }),
    ownedParts: choice('sell_all', 'leave_out', 'credit_paid'),
  })

const bundlePartOf = (object: ObjectMaker): SchemaOf<BundlePart> => object<BundlePart>()({ id, variantId: id })

const upgradeOf = (object: ObjectMaker): SchemaOf<Upgrade> =>
  object<Upgrade>()({
    from: list(text(1, 60), 50, 1),
    credit: choice('money_paid', 'list_price_then', 'list_price_now'),
  })

const prerequisiteOf = (object: ObjectMaker): SchemaOf<Prerequisite> =>
  object<Prerequisite>()({ variants: list(id, 50, 1), policy: choice('hint', 'refuse') })

const runOf = (object: ObjectMaker): SchemaOf<Run> =>
  object<Run>()({
    id,
    title: text(1, 200),
    target: json,
    enrolmentStartsAt: instant.nullable().optional(),
    enrolmentEndsAt: instant.nullable().optional(),
    serviceStart: instant.nullable().optional(),
    serviceEnd: instant.nullable().optional(),
    capacity: whole(0, 1_000_000_000).nullable().optional(),
  })

/** Fields that a variant has alike in requests and answers. */
export const variantFields = (object: ObjectMaker) => ({
  externalId: externalId.nullable(),
  title: text(0, 300),
  attributes: jsonObject,
  saleStartsAt: instant.nullable(),
  saleEndsAt: instant.nullable(),
  serviceStart: instant.nullable(),
  serviceEnd: instant.nullable(),
  validityDays: whole(1, 36_525).nullable(),
  capacity: whole(0, 1_000_000_000).nullable(),
  maximumQuantity: whole(1, 1000),
  taxCategory: text(0, 60),
  fulfilment: fulfilmentTargetOf(object).nullable(),
  bundle: bundleOf(object).nullable(),
  repeatable: flag.optional(),
  upgrade: upgradeOf(object).nullable().optional(),
  prerequisite: prerequisiteOf(object).nullable().optional(),
  runs: list(runOf(object), 50).nullable().optional(),
  refundRule: choice('share', 'reprice', 'whole_only').optional(),
  status: recordStatus,
})

/** Fields of a variant as it is kept. */
export const keptVariantFields = { id, productId: id, name: text(1, 60), ...variantFields(part) }

/** A product on a site. */
export const publication: SchemaOf<Publication> = model<Publication>('Publication')({
  productId: id,
  slug,
  from: instant.nullable(),
  until: instant.nullable(),
  place,
})
