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
  description: productDescription.optional(),
  slug,
  slugSource: choice('given', 'derived'),
  productAttributes: jsonObject,
  variantExternalId: text(1, 300),
  variantName: text(1, 60).optional(),
  variantTitle: text(0, 300).optional(),
  variantAttributes: jsonObject,
  prices: list(rowPrice, 200),
  saleStartsAt: instant.nullable().optional(),
  saleEndsAt: instant.nullable().optional(),
  serviceStart: instant.nullable().optional(),
  serviceEnd: instant.nullable().optional(),
  validityDays: whole(1, 36_525).nullable().optional(),
  capacity: whole(0, 1_000_000_000).nullable().optional(),
  maximumQuantity: whole(1, 1000).optional(),
  taxCategory: text(0, 60).optional(),
  fulfilment: fulfilmentTargetOf(input).nullable().optional(),
  bundleParts: list(externalId, 100),
  collections: list(text(1, 100), 50),
  publish: flag.optional(),
  publishFrom: instant.nullable().optional(),
  publishUntil: instant.nullable().optional(),
})
