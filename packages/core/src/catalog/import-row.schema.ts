import { externalId } from '../ids/id.schema.ts'
import { input, type SchemaOf } from '../json/checked.schema.ts'
import { choice, flag, list, text, whole } from '../json/field.schema.ts'
import { jsonObject } from '../json/json.schema.ts'
import { amount, currency } from '../money/money.schema.ts'
import { instant } from '../time/instant.schema.ts'
import type { CatalogRowPrice } from './import-prices.ts'
import type { CatalogRow } from './import-row.ts'
import { fulfilmentTargetOf, productTypeName, slug } from './product.schema.ts'
import { productDescription, productTitle } from './product-fields.schema.ts'

const rowPrice = input<CatalogRowPrice>()({ currency, amount, minimumQuantity: whole(1, 1_000_000) })

/** One validated row of an import. */
export const catalogRow: SchemaOf<CatalogRow> = input<CatalogRow>()({
  line: whole(1, 1_000_000_000),
  productExternalId: externalId,
  type: productTypeName,
  title: productTitle,
  description: productDescription,
  slug,
  slugSource: choice('given', 'derived'),
  productAttributes: jsonObject,
  variantExternalId: text(1, 300),
  variantName: text(1, 60),
  variantTitle: text(0, 300),
  variantAttributes: jsonObject,
  prices: list(rowPrice, 200),
  saleStartsAt: instant.nullable(),
  saleEndsAt: instant.nullable(),
  serviceStart: instant.nullable(),
  serviceEnd: instant.nullable(),
  validityDays: whole(1, 36_525).nullable(),
  capacity: whole(0, 1_000_000_000).nullable(),
  maximumQuantity: whole(1, 1000),
  taxCategory: text(0, 60),
  fulfilment: fulfilmentTargetOf(input).nullable(),
  bundleParts: list(externalId, 100),
  collections: list(text(1, 100), 50),
  publish: flag,
  publishFrom: instant.nullable(),
  publishUntil: instant.nullable(),
})
