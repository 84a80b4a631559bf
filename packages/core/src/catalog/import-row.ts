import type { Json, JsonObject } from '../json/index.ts'
import type { Instant } from '../time/index.ts'
import { readAttributes } from './import-attributes.ts'
import { isNested, parseBoolean, parseJson, parseList, parseText, parseWholeNumber } from './import-cell.ts'
import { isImportField } from './import-fields.ts'
import { type CheckTarget, readFulfilment } from './import-fulfilment.ts'
import { type ImportDateOptions, parseImportInstant } from './import-instant.ts'
import { type Parsed, parsed, unreadable } from './import-parsed.ts'
import { type CatalogRowPrice, type ImportPriceOptions, isPriceField, readPrices } from './import-prices.ts'
import { createRowReader, type ImportIssue, type RowReader } from './import-row-reader.ts'
import { isSlug, makeSlug } from './import-slug.ts'
import { misreadNumber } from './misread-number.ts'
import type { FulfilmentTarget } from './product.ts'
import type { ProductType } from './product-type.ts'

/**
 * One validated row of an imported file: one variant of a product on a site. What it does not name stays as the shop has
 * it, and is the default of a product or variant that is new; null, or an empty text, is named and clears the field.
 */
export interface CatalogRow {
  /** Line of the file on which the row begins, from 1, for reports. */
  readonly line: number
  /** The operator's own id of the product. */
  readonly productExternalId: string
  /** Name of the product type. */
  readonly type: string
  /** Title of the product, any script. */
  readonly title: string
  /** Description of the product; may be empty. @default it stays */
  readonly description?: string | undefined
  /** Name of the product in addresses. */
  readonly slug: string
  /** Was the slug in the file, or made from the title? A made one need not replace what a shop already shows. */
  readonly slugSource: 'given' | 'derived'
  /** Values of the type's product attributes; null clears one, and those that are not named stay. */
  readonly productAttributes: JsonObject
  /** The operator's own id of the variant; `product:name` where the file gives none. */
  readonly variantExternalId: string
  /** What distinguishes the variant within its product, such as a course mode. @default it stays; `standard` for a new one */
  readonly variantName?: string | undefined
  /** Title of the variant; may be empty. @default it stays */
  readonly variantTitle?: string | undefined
  /** Values of the type's variant attributes; null clears one, and those that are not named stay. */
  readonly variantAttributes: JsonObject
  /** At most one per currency and quantity, sorted by both. Prices of other currencies and quantities stay. */
  readonly prices: readonly CatalogRowPrice[]
  /** From when the variant is sold, or null. @default it stays */
  readonly saleStartsAt?: Instant | null | undefined
  /** Until when it is sold (exclusive), such as an upgrade deadline, or null. @default it stays */
  readonly saleEndsAt?: Instant | null | undefined
  /** When the service that it sells begins, or null. @default it stays */
  readonly serviceStart?: Instant | null | undefined
  /** When it ends (exclusive), or null. @default it stays */
  readonly serviceEnd?: Instant | null | undefined
  /** For how many days the right lasts once it begins, or null for no end. @default it stays */
  readonly validityDays?: number | null | undefined
  /** How many can be sold in all, or null. @default it stays */
  readonly capacity?: number | null | undefined
  /** How many one cart line may hold, 1 to 1,000. @default it stays; the type's for a new one */
  readonly maximumQuantity?: number | undefined
  /** Category that tax tables know. @default it stays; the type's for a new one */
  readonly taxCategory?: string | undefined
  /** How it is delivered, or null. Null for a bundle, whose parts have their own. @default it stays */
  readonly fulfilment?: FulfilmentTarget | null | undefined
  /** External ids of the variants that it is made of. Empty: it stays the bundle that it is, and a new one is none. */
  readonly bundleParts: readonly string[]
  /** Names of the collections that the product belongs to. Empty: they stay. */
  readonly collections: readonly string[]
  /** Does the product appear on the site? @default it stays on or off it; a new one appears */
  readonly publish?: boolean | undefined
  /** From when it appears, or null. @default it stays */
  readonly publishFrom?: Instant | null | undefined
  /** Until when (exclusive), or null. @default it stays */
  readonly publishUntil?: Instant | null | undefined
}

/** What rows are validated by. */
export interface ValidateImportRowOptions extends ImportPriceOptions, ImportDateOptions {
  /** Types that products may have. */
  productTypes: readonly ProductType[]
  /** Line of the file on which the row begins, from 1. */
  line: number
  /** Says what is wrong with a delivery's target, or null; without it, only its shape is checked. */
  checkTarget?: CheckTarget | undefined
}

/** A row that can be stored, or all that is wrong with it. */
export type ValidatedImportRow =
  | { readonly ok: true; readonly row: CatalogRow }
  | { readonly ok: false; readonly issues: readonly ImportIssue[] }

/** The name of a new variant where nobody gave it one. */
export const STANDARD_VARIANT = 'standard'

/** Longest external id; every storage keeps that much in a unique key. */
const MAXIMUM_ID_LENGTH = 200
/** As for a slug that is typed: one that is far longer is not looked through for what it could be. */
const MAXIMUM_TYPED_SLUG_LENGTH = 200
const MAXIMUM_CAPACITY = 1_000_000_000
/** A hundred years: more is a mistake, and `null` says "no end". */
const MAXIMUM_VALIDITY_DAYS = 36_525

const parseId = (text: string): Parsed<string> => parseText(text, { maximum: MAXIMUM_ID_LENGTH })
const parseName = (text: string): Parsed<string> => parseText(text, { maximum: 60 })
const parseTitle = (text: string): Parsed<string> => parseText(text, { maximum: 300, lineBreaks: 'join' })

/**
 * Validates one row of an imported file. Pure; never throws for what a row may hold.
 *
 * @param raw cells by field (see `IMPORT_FIELDS`): texts, or JSON values. A field that is absent is not named by the row, one
 *   that is empty is cleared; where that cannot be (`publish`, `variantName`, prices, …) it is not named either.
 * @throws RangeError when the options name an unknown time zone.
 */
export function validateImportRow(raw: JsonObject, options: ValidateImportRowOptions): ValidatedImportRow {
  const reader = createRowReader(raw, options.line)
  refuseMisplacedCells(raw, reader)
  const type = readType(reader, options.productTypes)
  const row: CatalogRow = {
    line: options.line,
    ...readProduct(raw, reader, { type, dates: options }),
    ...readVariant(raw, reader, { ...options, type }),
    ...readWindows(reader, options),
    collections: reader.read('collections', (text) => parseList(text, { maximum: 50, maximumLength: 100 }), []),
    publish: reader.read('publish', parseBoolean, undefined),
  }
  refuseContradictions(row, reader)
  refuseEmptyPrice(row, raw, reader)
  return reader.issues.length === 0 ? { ok: true, row } : { ok: false, issues: reader.issues }
}

/** Fields that take JSON's lists and objects; so do attributes, by their definitions. */
const NESTED_FIELDS: ReadonlySet<string> = new Set([
  'productAttributes',
  'variantAttributes',
  'prices',
  'fulfilment',
  'fulfilmentTarget',
  'bundleParts',
  'collections',
])

function refuseMisplacedCells(raw: JsonObject, reader: RowReader): void {
  for (const [field, cell] of Object.entries(raw)) {
    const misread = misreadIn(field, cell, reader)
    if (!isImportField(field)) reader.refuse(field.slice(0, 60), 'A row has no field of this name.')
    else if (misread !== null) {
      reader.refuse(field, `${misread.slice(0, 40)} is read as ${Number(misread)}: write it in quotes.`)
    } else if (isNested(cell) && !NESTED_FIELDS.has(field) && !field.includes('Attributes.')) {
      reader.refuse(field, 'Write a single value.')
    }
  }
}

/** The number of a cell, or of the JSON in its text, that is not kept as it is written, or null. */
function misreadIn(field: string, cell: Json | undefined, reader: RowReader): string | null {
  const text = reader.text(field)
  if (isNested(cell)) return misreadNumber(text)
  return NESTED_FIELDS.has(field) && isNested(parseJson(text)) ? misreadNumber(text) : null
}

function readType(reader: RowReader, productTypes: readonly ProductType[]): ProductType | null {
  const names = productTypes.map((type) => type.name).join(', ')
  return reader.require('type', {
    parse: (text) => {
      const type = productTypes.find(({ name }) => name.toLowerCase() === text.toLowerCase())
      return type === undefined ? unreadable(`There is no product type of this name, only ${names}`) : parsed(type)
    },
    fallback: null,
    missing: `The row has no product type: it is one of ${names}.`,
  })
}

type ProductPart = Pick<
  CatalogRow,
  'productExternalId' | 'type' | 'title' | 'description' | 'slug' | 'slugSource' | 'productAttributes'
>

function readProduct(
  raw: JsonObject,
  reader: RowReader,
  { type, dates }: { type: ProductType | null; dates: ImportDateOptions },
): ProductPart {
  const productExternalId = reader.require('productExternalId', {
    parse: parseId,
    fallback: '',
    missing: 'The row has no id: without one, a second import could not find the product again.',
  })
  const title = reader.require('title', { parse: parseTitle, fallback: '', missing: 'The row has no title.' })
  const slug = reader.read('slug', (text) => parseSlug(text), null)
  return {
    productExternalId,
    type: type?.name ?? '',
    title,
    description: reader.named('description', (text) => parseText(text, { maximum: 20_000, lineBreaks: 'keep' }), ''),
    slug: slug ?? makeSlug(title, productExternalId),
    slugSource: slug === null ? 'derived' : 'given',
    productAttributes:
      type === null
        ? {}
        : readAttributes(raw, reader, {
            field: 'productAttributes',
            definitions: type.productAttributes,
            type: type.name,
            dates,
          }),
  }
}

function parseSlug(text: string): Parsed<string> {
  if (text.length > MAXIMUM_TYPED_SLUG_LENGTH) {
    return unreadable(`It is longer than ${MAXIMUM_TYPED_SLUG_LENGTH} characters`)
  }
  if (isSlug(text)) return parsed(text)
  return unreadable(`It cannot stand in an address as it is: "${makeSlug(text, 'name')}" could`)
}

type VariantPart = Omit<CatalogRow, keyof ProductPart | keyof WindowPart | 'line' | 'collections' | 'publish'>

function readVariant(
  raw: JsonObject,
  reader: RowReader,
  options: Omit<ValidateImportRowOptions, 'productTypes'> & { type: ProductType | null },
): VariantPart {
  const { type } = options
  const variantName = reader.read('variantName', parseName, undefined)
  const productExternalId = reader.text('productExternalId')
  const named = `${productExternalId}:${variantName ?? STANDARD_VARIANT}`
  const ids = { productExternalId, variantName, variantExternalId: reader.read('variantExternalId', parseId, named) }
  return {
    variantExternalId: ids.variantExternalId,
    variantName,
    variantTitle: reader.named('variantTitle', parseTitle, ''),
    variantAttributes:
      type === null
        ? {}
        : readAttributes(raw, reader, {
            field: 'variantAttributes',
            definitions: type.variantAttributes,
            type: type.name,
            dates: options,
          }),
    prices: readPrices(raw, reader, options),
    validityDays: readWholeNumber(reader, 'validityDays', { minimum: 1, maximum: MAXIMUM_VALIDITY_DAYS }),
    capacity: readWholeNumber(reader, 'capacity', { minimum: 0, maximum: MAXIMUM_CAPACITY }),
    maximumQuantity: reader.named(
      'maximumQuantity',
      (text) => parseWholeNumber(text, { minimum: 1, maximum: 1000 }),
      type?.maximumQuantity ?? 1,
    ),
    taxCategory: reader.named('taxCategory', parseName, type?.taxCategory ?? ''),
    fulfilment: readFulfilment(reader, { ids, checkTarget: options.checkTarget }),
    bundleParts: reader.read('bundleParts', (text) => parseList(text, { maximum: 100, maximumLength: 200 }), []),
  }
}

function readWholeNumber(
  reader: RowReader,
  field: string,
  bounds: { minimum: number; maximum: number },
): number | null | undefined {
  return reader.named(field, (text) => parseWholeNumber(text, bounds), null)
}

type WindowPart = Pick<
  CatalogRow,
  'saleStartsAt' | 'saleEndsAt' | 'serviceStart' | 'serviceEnd' | 'publishFrom' | 'publishUntil'
>

function readWindows(reader: RowReader, { timeZone, dateOrder }: ImportDateOptions): WindowPart {
  const start = (field: string): Instant | null | undefined =>
    reader.named(field, (text) => parseImportInstant(text, { timeZone, dateOrder, dateMeans: 'start_of_day' }), null)
  const end = (field: string): Instant | null | undefined =>
    reader.named(field, (text) => parseImportInstant(text, { timeZone, dateOrder, dateMeans: 'end_of_day' }), null)
  return {
    saleStartsAt: start('saleStartsAt'),
    saleEndsAt: end('saleEndsAt'),
    serviceStart: start('serviceStart'),
    serviceEnd: end('serviceEnd'),
    publishFrom: start('publishFrom'),
    publishUntil: end('publishUntil'),
  }
}

/** What single cells cannot show. Instants compare as text. */
function refuseContradictions(row: CatalogRow, reader: RowReader): void {
  for (const [from, until] of [
    ['saleStartsAt', 'saleEndsAt'],
    ['serviceStart', 'serviceEnd'],
    ['publishFrom', 'publishUntil'],
  ] as const) {
    const [start, end] = [row[from], row[until]]
    if (start && end && start >= end) reader.refuse(until, `It ends before it begins (${from}).`)
  }
  if (row.bundleParts.length > 0 && row.fulfilment) {
    reader.refuse('fulfilment', 'A bundle is delivered by its parts: leave its own delivery empty.')
  }
}

/** A row that has no price at all leaves those of the shop; whether there are any, the shop is asked when it is stored. */
function refuseEmptyPrice(row: CatalogRow, raw: JsonObject, reader: RowReader): void {
  const hasPrice = Object.keys(raw).some((field) => reader.has(field) && isPriceField(field))
  const hasUnreadPrice = reader.issues.some(({ column }) => column === 'currency' || column?.startsWith('price'))
  if (row.publish !== false && row.prices.length === 0 && hasPrice && !hasUnreadPrice) {
    reader.refuse('price', 'There is no price: write 0 or Free if it costs nothing, or do not publish it.')
  }
}
