import { productCollection, productCollectionFields } from '../catalog/product-collection.schema.ts'
import { id, ownId } from '../ids/id.schema.ts'
import { input, optional } from '../json/checked.schema.ts'
import { paymentAccount, paymentAccountFields } from '../payment/payment.schema.ts'
import { priceList, priceListFields } from '../pricing/price-list.schema.ts'
import {
  code,
  codeBatch,
  codeBatchFields,
  codeBatchStatus,
  codeFields,
  mintFields,
  promotion,
  promotionFields,
} from '../promotion/promotion.schema.ts'
import { seller, sellerFields } from '../site/seller.schema.ts'
import { site, siteFields } from '../site/site.schema.ts'
import { taxRate, taxRateFields } from '../tax/tax-rate.schema.ts'
import type { AdminClient } from './admin-api.ts'
import type { InputOf } from './operation.ts'
import { recordSchemas } from './record-schemas.ts'

/** What staff make and change as records. */
type RecordNoun =
  | 'collections'
  | 'priceLists'
  | 'promotions'
  | 'codes'
  | 'codeBatches'
  | 'taxRates'
  | 'sites'
  | 'sellers'
  | 'paymentAccounts'

type Create<N extends RecordNoun> = InputOf<AdminClient[N]['create']>
type Update<N extends RecordNoun> = InputOf<AdminClient[N]['update']>

const chosen = { id: ownId.optional() }
const named = { id }

const collectionInput = productCollectionFields(input)
const promotionInput = promotionFields(input)
const siteInput = siteFields(input)
const sellerInput = sellerFields(input)
const taxRateInput = taxRateFields(input)

/** Collections of products. */
export const collections = recordSchemas({
  name: 'ProductCollection',
  record: productCollection,
  create: input<Create<'collections'>>()({
    ...chosen,
    ...optional(collectionInput),
    name: collectionInput.name,
  }),
  update: input<Update<'collections'>>()({ ...named, ...optional(collectionInput) }),
})

/** Price lists. */
export const priceLists = recordSchemas({
  name: 'PriceList',
  record: priceList,
  create: input<Create<'priceLists'>>()({
    ...chosen,
    ...optional(priceListFields),
    name: priceListFields.name,
    currency: priceListFields.currency,
  }),
  update: input<Update<'priceLists'>>()({ ...named, ...optional(priceListFields) }),
})

/** Promotions. */
export const promotions = recordSchemas({
  name: 'Promotion',
  record: promotion,
  create: input<Create<'promotions'>>()({
    ...chosen,
    ...optional(promotionInput),
    name: promotionInput.name,
    benefit: promotionInput.benefit,
  }),
  update: input<Update<'promotions'>>()({ ...named, ...optional(promotionInput) }),
})

/** Codes. */
export const codes = recordSchemas({
  name: 'Code',
  record: code,
  create: input<Create<'codes'>>()({
    ...chosen,
    ...optional(codeFields),
    code: codeFields.code,
    promotionId: codeFields.promotionId,
  }),
  update: input<Update<'codes'>>()({ ...named, ...optional(codeFields) }),
})

/** Batches of codes. */
export const codeBatches = recordSchemas({
  name: 'CodeBatch',
  record: codeBatch,
  create: input<Create<'codeBatches'>>()({
    ...chosen,
    ...optional({ ...codeBatchFields, ...mintFields }),
    name: codeBatchFields.name,
    promotionId: mintFields.promotionId,
    count: mintFields.count,
  }),
  update: input<Update<'codeBatches'>>()({ ...named, ...optional({ ...codeBatchFields, status: codeBatchStatus }) }),
})

/** Tax rates. */
export const taxRates = recordSchemas({
  name: 'TaxRate',
  record: taxRate,
  create: input<Create<'taxRates'>>()({ ...chosen, ...taxRateInput }),
  update: input<Update<'taxRates'>>()({ ...named, ...optional(taxRateInput) }),
})

/** Sites. */
export const sites = recordSchemas({
  name: 'Site',
  record: site,
  create: input<Create<'sites'>>()({
    ...chosen,
    ...optional(siteInput),
    name: siteInput.name,
    seller: siteInput.seller,
    currencies: siteInput.currencies,
    country: siteInput.country,
  }),
  update: input<Update<'sites'>>()({ ...named, ...optional(siteInput) }),
})

/** Sellers. */
export const sellers = recordSchemas({
  name: 'Seller',
  record: seller,
  create: input<Create<'sellers'>>()({
    ...chosen,
    ...optional(sellerInput),
    legalName: sellerInput.legalName,
    country: sellerInput.country,
    currency: sellerInput.currency,
  }),
  update: input<Update<'sellers'>>()({ ...named, ...optional(sellerInput) }),
})

/** Payment accounts. */
export const paymentAccounts = recordSchemas({
  name: 'PaymentAccount',
  record: paymentAccount,
  create: input<Create<'paymentAccounts'>>()({
    ...chosen,
    ...optional(paymentAccountFields),
    processor: paymentAccountFields.processor,
    title: paymentAccountFields.title,
    mode: paymentAccountFields.mode,
    seller: paymentAccountFields.seller,
    currencies: paymentAccountFields.currencies,
  }),
  update: input<Update<'paymentAccounts'>>()({ ...named, ...optional(paymentAccountFields) }),
})
