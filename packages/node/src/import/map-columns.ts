import { didYouMean, IMPORT_FIELDS, type ImportField, isImportField, type ProductType } from '@bursar/core'
import { ATTRIBUTE_ALIASES, COLUMN_ALIASES, COURSE_COLUMNS, simplifyColumn } from './column-aliases.ts'
import { FileRefusal } from './file-refusal.ts'

/** What columns are mapped by. */
export interface MapColumnsOptions {
  /** Column by field, where the names themselves do not tell. */
  map: { readonly [field: string]: string }
  /** Fields that have a default, so that no column is needed. */
  set: { readonly [field: string]: string }
  /** Types whose attributes a column may be named after. */
  productTypes: readonly ProductType[]
  /** Codes that the site sells in; a column of prices in another is not used. */
  currencies: readonly string[]
}

/** Which column is which field. */
export interface ColumnMapping {
  /** Field by column. */
  readonly fields: ReadonlyMap<string, string>
  /** Columns that are not used, and why. */
  readonly unused: readonly { readonly column: string; readonly reason: string }[]
  /** What the columns' names told beyond themselves: defaults by field. */
  readonly assumed: { readonly [field: string]: string }
}

/** How well a column's name fits a field: smaller is better. */
interface Fit {
  field: string
  rank: number
}

const PRICE_THEN_CODE = /^(?:list|unit)?price([a-z]{3})(\d{0,6})$/
const CODE_THEN_PRICE = /^([a-z]{3})price$/
const NO_FIELD = 'there is no such field'

/**
 * Finds out which column is which field: by `map`, else by name, without regard to case, spaces and punctuation.
 * Where several columns fit one field the best is used.
 *
 * @throws FileRefusal where `map` names what is not there, or two columns fit a field equally well.
 */
export function mapColumns(columns: readonly string[], options: MapColumnsOptions): ColumnMapping {
  const fields = new Map<string, string>()
  const unused: { column: string; reason: string }[] = []
  for (const [field, column] of Object.entries(options.map)) fields.set(findColumn(field, column, columns), field)
  const mapped = new Set(fields.values())
  const candidates = new Map<string, (Fit & { column: string })[]>()
  for (const column of columns) {
    if (fields.has(column) || column === '') continue
    const fit = fitOf(column, options)
    if (typeof fit === 'string') unused.push({ column, reason: fit })
    else if (mapped.has(fit.field)) unused.push({ column, reason: `${fit.field} is mapped to another column` })
    else candidates.set(fit.field, [...(candidates.get(fit.field) ?? []), { ...fit, column }])
  }
  for (const [field, fits] of candidates) {
    const best = bestOf(field, fits)
    fields.set(best, field)
    for (const { column } of fits) if (column !== best) unused.push({ column, reason: `${best} is used for ${field}` })
  }
  return { fields, unused, assumed: assumptions(fields, options) }
}

/**
 * What somebody gave by field, by the fields' own names: `id`, `mode` or `price_usd` may stand for them as in a header.
 *
 * @throws FileRefusal where a name is no field, or two are the same.
 */
export function resolveFields(
  given: { readonly [name: string]: string },
  flag: string,
  options: Pick<MapColumnsOptions, 'productTypes' | 'currencies'>,
): { readonly [field: string]: string } {
  const resolved = new Map<string, string>()
  for (const [name, value] of Object.entries(given)) {
    const fit = fitOf(name, options)
    if (typeof fit === 'string')
      throw new FileRefusal(`${flag} names ${JSON.stringify(name)}, but ${fit}${fieldHint(name)}`)
    if (resolved.has(fit.field)) throw new FileRefusal(`${flag} names ${fit.field} twice`)
    resolved.set(fit.field, value)
  }
  return Object.fromEntries(resolved)
}

function fieldHint(name: string): string {
  const known = Object.keys(IMPORT_FIELDS)
  return `${withHint(didYouMean(name, known))}. The fields are ${known.join(', ')}`
}

/** Refuses a file that has no column for what every row needs. */
export function refuseMissingFields(columns: readonly string[], mapping: ColumnMapping, set: object): void {
  const present = new Set([...mapping.fields.values(), ...Object.keys(set), ...Object.keys(mapping.assumed)])
  const missing = (['productExternalId', 'type', 'title'] as const).filter((field) => !present.has(field))
  if (missing.length === 0) return
  const wanted = missing.map((field) => `${field} (${IMPORT_FIELDS[field]})`).join('; ')
  const example = missing[0] === 'type' ? '--set type=course' : `--map ${missing[0]}=COLUMN`
  throw new FileRefusal(
    `No column was found for ${wanted}. Name it, such as by ${example}. The file has ${quoted(columns)}`,
  )
}

function findColumn(field: string, wanted: string, columns: readonly string[]): string {
  const alike = columns.filter((column) => simplifyColumn(column) === simplifyColumn(wanted))
  const found = columns.includes(wanted) ? wanted : new Set(alike).size === 1 ? alike[0] : undefined
  if (found !== undefined) {
    refuseRepeated(found, columns)
    return found
  }
  const hint = withHint(didYouMean(wanted, columns))
  throw new FileRefusal(
    `There is no column ${JSON.stringify(wanted)} for ${field}${hint}. The file has ${quoted(columns)}`,
  )
}

/** Of two columns of one name nobody can say which is meant, by its name neither. */
function refuseRepeated(column: string, columns: readonly string[]): void {
  if (columns.indexOf(column) === columns.lastIndexOf(column)) return
  throw new FileRefusal(`Several columns are named ${JSON.stringify(column)}: rename all but one in the file`)
}

/** The field that a column is by its name, or why it is none. */
function fitOf(column: string, options: Pick<MapColumnsOptions, 'productTypes' | 'currencies'>): Fit | string {
  if (isImportField(column)) return { field: column, rank: 0 }
  const name = simplifyColumn(column)
  return fixedFields.get(name) ?? priceFit(name, options.currencies) ?? attributeFit(name, options) ?? NO_FIELD
}

function priceFit(name: string, currencies: readonly string[]): Fit | string | null {
  const [, code, quantity = ''] = PRICE_THEN_CODE.exec(name) ?? CODE_THEN_PRICE.exec(name) ?? []
  if (code === undefined) return null
  const currency = code.toUpperCase()
  if (!currencies.includes(currency)) return `the site does not sell in ${currency}`
  const field = `price.${currency}${quantity === '' ? '' : `.${quantity}`}`
  return isImportField(field) ? { field, rank: 0 } : null
}

function attributeFit(name: string, options: Pick<MapColumnsOptions, 'productTypes'>): Fit | null {
  const wanted = ATTRIBUTE_ALIASES[name] ?? name
  for (const group of ['productAttributes', 'variantAttributes'] as const) {
    const known = options.productTypes.flatMap((type) => Object.keys(type[group]))
    const attribute = known.find((candidate) => [name, wanted].includes(simplifyColumn(candidate)))
    if (attribute !== undefined) return { field: `${group}.${attribute}`, rank: 0 }
  }
  return null
}

function bestOf(field: string, fits: readonly (Fit & { column: string })[]): string {
  const rank = Math.min(...fits.map((fit) => fit.rank))
  const best = fits.filter((fit) => fit.rank === rank)
  const [only] = best
  if (only !== undefined && best.length === 1) return only.column
  const names = best.map(({ column }) => column)
  for (const name of names) refuseRepeated(name, names)
  throw new FileRefusal(`${quoted(names)} both fit ${field}: choose one by --map ${field}=COLUMN`)
}

function assumptions(fields: ReadonlyMap<string, string>, options: MapColumnsOptions): { [field: string]: string } {
  const isTypeKnown = [...fields.values()].includes('type') || options.set.type !== undefined
  const tellsCourse = [...fields.keys()].some((column) => COURSE_COLUMNS.has(simplifyColumn(column)))
  const hasCourses = options.productTypes.some(({ name }) => name === 'course')
  return !isTypeKnown && tellsCourse && hasCourses ? { type: 'course' } : {}
}

function withHint(hint: string): string {
  return hint === '' ? '' : ` (${hint})`
}

function quoted(columns: readonly string[]): string {
  const named = columns.filter((column) => column !== '')
  const shown = named.slice(0, 30).map((column) => JSON.stringify(column.slice(0, 60)))
  return named.length > 30 ? `${shown.join(', ')} and ${named.length - 30} more` : shown.join(', ')
}

const fixedFields: ReadonlyMap<string, Fit> = new Map(
  (Object.keys(IMPORT_FIELDS) as ImportField[]) // the table's own keys
    .flatMap((field) =>
      [simplifyColumn(field), ...(COLUMN_ALIASES[field] ?? [])].map((name, rank) => [name, { field, rank }]),
    ),
)
