import type { JsonObject } from '../json/index.ts'
import type { Instant } from '../time/index.ts'
import type { VariantInput } from './admin-api.ts'
import { type CatalogRow, STANDARD_VARIANT } from './import-row.ts'
import type { Product, Variant } from './product.ts'
import { draftProductFields } from './product-fields.ts'
import type { AttributeDefinition, ProductType } from './product-type.ts'

/** The product that a row of an import makes, or makes of what was there before. */
export function productOfRow(
  row: CatalogRow,
  given: { id: string; type: ProductType; before: Product | null; variants: readonly string[]; now: Instant },
): Product {
  const { before, id, type, variants, now } = given
  const { title, description } = row
  const attributes = attributesAfter(row.productAttributes, before, type.productAttributes)
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

/** Those that the row names, beside those that were there and that the type still defines. */
function attributesAfter(
  named: JsonObject,
  before: { readonly attributes: JsonObject } | null,
  definitions: { readonly [name: string]: AttributeDefinition },
): JsonObject {
  const kept = Object.entries(before?.attributes ?? {}).filter(([name]) => Object.hasOwn(definitions, name))
  const all = Object.entries({ ...Object.fromEntries(kept), ...named })
  return Object.fromEntries(all.filter(([name, value]) => value !== null || !Object.hasOwn(named, name)))
}

/** Until collections are records of their own, their names are kept where nothing is lost. */
function metadataOfRow({ collections }: CatalogRow, before: Product | null): Partial<Pick<Product, 'metadata'>> {
  return collections.length === 0 ? {} : { metadata: { ...before?.metadata, collections } }
}

/** The name by which a row finds a variant that has no external id, and that a new one has. */
export const variantNameOf = ({ variantName }: CatalogRow): string => variantName ?? STANDARD_VARIANT

/**
 * The variant that a row says, as staff would write it. What the row does not name is absent, so that it stays.
 *
 * @param given.variantIds ids by external id, of the shop and of the import.
 * @param given.before the variant that the shop has, or null.
 * @param given.type what attributes it can have.
 */
export function variantInputOfRow(
  row: CatalogRow,
  given: { variantIds: ReadonlyMap<string, string>; before: Variant | null; type: ProductType },
): VariantInput {
  const { variantIds, before, type } = given
  const { saleStartsAt, saleEndsAt, serviceStart, serviceEnd, validityDays, capacity } = row
  return {
    ...{ saleStartsAt, saleEndsAt, serviceStart, serviceEnd, validityDays, capacity },
    name: row.variantName ?? before?.name ?? variantNameOf(row),
    externalId: row.variantExternalId,
    title: row.variantTitle,
    attributes: attributesAfter(row.variantAttributes, before, type.variantAttributes),
    maximumQuantity: row.maximumQuantity,
    taxCategory: row.taxCategory,
    fulfilment: row.fulfilment,
    bundle:
      row.bundleParts.length === 0
        ? undefined
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
