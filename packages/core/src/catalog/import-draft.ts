import type { Instant } from '../time/index.ts'
import type { VariantInput } from './admin-api.ts'
import type { CatalogRow } from './import-row.ts'
import type { Product, Variant } from './product.ts'
import { draftProductFields } from './product-fields.ts'

/** The product that a row of an import makes, or makes of what was there before. */
export function productOfRow(
  row: CatalogRow,
  given: { id: string; before: Product | null; variants: readonly string[]; now: Instant },
): Product {
  const { before, id, variants, now } = given
  const { title, description, productAttributes: attributes } = row
  return {
    ...draftProductFields({ title, description, attributes, ...metadataOfRow(row, before) }, before),
    id,
    type: row.type,
    externalId: row.productExternalId,
    variants,
    status: before?.status ?? 'active',
    createdAt: before?.createdAt ?? now,
  }
}

/** Until collections are records of their own, their names are kept where nothing is lost. */
function metadataOfRow({ collections }: CatalogRow, before: Product | null): Partial<Pick<Product, 'metadata'>> {
  return collections.length === 0 ? {} : { metadata: { ...before?.metadata, collections } }
}

/**
 * The variant that a row says, as staff would write it.
 *
 * @param variantIds ids by external id, of the shop and of the import.
 * @param before the variant that the shop has, or null.
 */
export function variantInputOfRow(
  row: CatalogRow,
  variantIds: ReadonlyMap<string, string>,
  before: Variant | null,
): VariantInput {
  const { saleStartsAt, saleEndsAt, serviceStart, serviceEnd, validityDays, capacity } = row
  return {
    ...{ saleStartsAt, saleEndsAt, serviceStart, serviceEnd, validityDays, capacity },
    name: row.variantName,
    externalId: row.variantExternalId,
    title: row.variantTitle,
    attributes: row.variantAttributes,
    maximumQuantity: row.maximumQuantity,
    taxCategory: row.taxCategory,
    fulfilment: row.fulfilment,
    bundle:
      row.bundleParts.length === 0
        ? null
        : {
            // What a file cannot say stays as staff wrote it.
            ...(before?.bundle ?? { pricing: { type: 'own_price' }, ownedParts: 'sell_all' }),
            parts: row.bundleParts.map((part, index) => ({
              id: `p${index + 1}`,
              variantId: variantIds.get(part) ?? '',
            })),
          },
  }
}
