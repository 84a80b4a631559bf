import {
  type CatalogRow,
  type CheckTarget,
  checkPublication,
  checkVariant,
  draftVariant,
  type Product,
  type ProductType,
  productOfRow,
  publish,
  type Variant,
  variantInputOfRow,
  variantNameOf,
} from '../catalog/index.ts'
import { type InputIssue, issueUnless } from '../errors/index.ts'
import { checkPrices, type Price, type PriceList } from '../pricing/index.ts'
import type { Instant } from '../time/index.ts'
import { checkProduct } from './check-product.ts'
import { pricesAfter } from './prices-after.ts'
import type { ProductDraft } from './product-changes.ts'
import type { ProductState } from './product-state.ts'
import { tellWindows } from './tell-windows.ts'

/** A row with its place in the import. */
export interface PlacedRow {
  /** The row. */
  row: CatalogRow
  /** From 0. */
  index: number
}

/** One product of an import: its rows, and what the shop has of it. */
export interface ImportedProduct {
  /** Id, new or known. */
  id: string
  /** Rows of its variants, at least one. */
  rows: readonly [PlacedRow, ...PlacedRow[]]
  /** The product's type. */
  type: ProductType
  /** What the shop has, or null. */
  state: ProductState | null
}

/** What drafts are made by. */
export interface ImportContext {
  /** When the import began. */
  now: Instant
  /** The site's lists for everybody by currency, the last in precedence first: where an import writes prices. */
  lists: ReadonlyMap<string, readonly PriceList[]>
  /** Ids of all active lists that the site sells from. */
  priceLists: ReadonlySet<string>
  /** Variant ids by external id: those of the shop, and new ones of this import. */
  variantIds: ReadonlyMap<string, string>
  /** Product ids of the shop's variants by external id. */
  owners: ReadonlyMap<string, string>
  /** Variants that can be parts of bundles, by id. */
  parts: ReadonlyMap<string, Pick<Variant, 'bundle'>>
  /** Slugs by product id. */
  slugs: ReadonlyMap<string, string>
  /** Says what is wrong with a delivery. */
  checkTarget: CheckTarget
}

/**
 * Is the product on the site after the import? What no row says stays, and a new product is shown. An archived one stays off every
 * site, whatever the file says: what is over does not come back by an import.
 */
export function isShownAfter(row: CatalogRow, state: ProductState | null): boolean {
  if (state?.product.body.status === 'archived') return false
  return row.publish ?? (state === null || state.publication !== null)
}

/** A product as its rows say it, and what is wrong with it. What no row names stays as it is. */
export function draftImport(
  { id, rows, type, state }: ImportedProduct,
  context: ImportContext,
): { draft: ProductDraft; issues: readonly InputIssue[] } {
  const drafted = rows.map(({ row, index }) => draftRow({ row, index, id, type, state }, context))
  const kept = state?.product.body.variants ?? []
  const added = drafted.map(({ variant }) => variant.id).filter((variantId) => !kept.includes(variantId))
  const first = rows[0]
  const product = productOfRow(first.row, {
    ...{ id, type, before: state?.product.body ?? null },
    ...{ variants: [...kept, ...added], now: context.now },
  })
  const publication = publicationOfRow(first.row, { product, state, slug: context.slugs.get(id) ?? '' })
  const path = `rows.${first.index}`
  const isSlugFree = publication === null || context.slugs.has(id)
  return {
    draft: {
      product,
      variants: drafted.map(({ variant }) => variant),
      prices: new Map(drafted.map(({ variant, prices }) => [variant.id, prices])),
      publication,
    },
    issues: [
      ...checkProduct(product, type, `${path}.`),
      ...(publication === null || !isSlugFree
        ? []
        : tellWindows(checkPublication(publication, path), path, {
            row: first.row,
            after: { publishFrom: publication.from, publishUntil: publication.until },
          })),
      ...issueUnless(isSlugFree, `${path}.slug`, 'belongs to another product of this site'),
      ...drafted.flatMap(({ variant, issues }, index) => [
        ...issues,
        ...issueUnless(
          drafted.findIndex((one) => one.variant.name === variant.name) === index,
          `rows.${rows[index]?.index}.variantName`,
          'is the name of another variant of this product',
        ),
      ]),
    ],
  }
}

function publicationOfRow(
  row: CatalogRow,
  { product, state, slug }: { product: Product; state: ProductState | null; slug: string },
): ProductDraft['publication'] {
  if (!isShownAfter(row, state)) return null
  const input = { from: row.publishFrom, until: row.publishUntil }
  return publish(product, input, { slug, before: state?.publication?.body ?? null })
}

interface RowPlace extends Omit<ImportedProduct, 'rows'> {
  row: CatalogRow
  index: number
}

function draftRow(
  { row, index, id, type, state }: RowPlace,
  context: ImportContext,
): { variant: Variant; prices: readonly Price[]; issues: readonly InputIssue[] } {
  const path = `rows.${index}`
  const own = state?.variants.map(({ body }) => body) ?? []
  const named = (name: string): Variant | undefined => own.find((variant) => variant.name === name)
  const adopted = named(variantNameOf(row))
  const before =
    own.find((variant) => variant.externalId === row.variantExternalId) ??
    (adopted?.externalId === null ? adopted : undefined) ??
    null
  const variantId = before?.id ?? context.variantIds.get(row.variantExternalId) ?? ''
  const variant = draftVariant(variantInputOfRow(row, { variantIds: context.variantIds, before, type }), before, {
    id: variantId,
    productId: id,
    type,
  })
  const sameName = named(variant.name)
  const owner = context.owners.get(row.variantExternalId)
  const prices = pricesAfter(row, state?.prices.get(variantId)?.body.prices ?? [], context.lists)
  const isHere = ({ priceList }: Price): boolean => context.priceLists.has(priceList)
  const facts = {
    type,
    before,
    checkTarget: context.checkTarget,
    part: (part: string) => context.parts.get(part) ?? null,
  }
  return {
    variant,
    prices,
    issues: [
      ...issueUnless(owner === undefined || owner === id, `${path}.variantExternalId`, 'belongs to another product'),
      ...issueUnless(
        sameName === undefined || sameName.id === variantId,
        `${path}.variantName`,
        'is the name of another variant of this product',
      ),
      ...issueUnless(
        row.prices.length > 0 || prices.some(isHere) || !needsPrice(variant, { row, before, state }),
        `${path}.price`,
        'is missing, and this site has none: write 0 or Free if it costs nothing, or do not publish it',
      ),
      ...tellWindows(checkVariant(variant, facts, path), path, { row, after: variant }),
      ...checkPrices(prices, { has: () => true }, `${path}.prices`),
    ],
  }
}

/** What comes onto the site by this import costs something or is free; what is there already may be priced elsewhere. */
function needsPrice(
  { bundle, status }: Variant,
  { row, before, state }: { row: CatalogRow; before: Variant | null; state: ProductState | null },
): boolean {
  const isNew = before === null || state === null || state.publication === null
  const hasOwnPrice = bundle === null || bundle.pricing.type === 'own_price'
  return isNew && isShownAfter(row, state) && hasOwnPrice && status === 'active'
}
