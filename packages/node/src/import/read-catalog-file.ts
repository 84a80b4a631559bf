import {
  type CatalogRow,
  checkImport,
  type ImportIssue,
  missingBundleParts,
  type ProductType,
  standardProductTypes,
  type ValidateImportRowOptions,
  validateImportRow,
} from '@bursar/core'
import { FileRefusal, type JsonCell } from './file-refusal.ts'
import { type ImportRefusal, type ImportReport, MAXIMUM_REFUSALS, shortened } from './import-report.ts'
import { resolveFields } from './map-columns.ts'
import { type OpenRecords, openRecords } from './open-records.ts'
import type { ImportProgress } from './progress-bar.ts'

/** How a file is read. */
export interface ReadCatalogFileOptions extends Omit<ValidateImportRowOptions, 'line' | 'productTypes'> {
  /** Types that products may have. @default the standard ones */
  productTypes?: readonly ProductType[] | undefined
  /** Column by field, where the columns' names do not tell: `{ title: 'Kurs', id: 'Nr' }`. @default none */
  map?: { readonly [field: string]: string } | undefined
  /** What a field is where its cell is empty or has no column: `{ type: 'course' }`. @default none */
  set?: { readonly [field: string]: string } | undefined
  /** Encoding of a file without a byte-order mark, such as `windows-1252`. @default utf-8 */
  encoding?: string | undefined
  /**
   * Answers those of some external ids that are single variants in the shop, so that bundles may name what the file
   * does not have. @default none are
   */
  findVariants?: ((externalIds: readonly string[]) => Promise<Iterable<string>>) | undefined
  /** Called about every 200 rows and at the end. */
  onProgress?: ((progress: ImportProgress) => void) | undefined
}

/** What reading a file came to. */
export type ReadCatalogFileResult =
  | {
      readonly ok: true
      /** Rows that can be stored together, in the file's order. */
      readonly rows: readonly CatalogRow[]
      /** What was found; `refused` says whether the file is whole. */
      readonly report: ImportReport
    }
  | {
      readonly ok: false
      /** Why the file as a whole cannot be read, as a sentence with the line where there is one. */
      readonly reason: string
    }

/** More rows are not one import; they are split into files. */
const MAXIMUM_ROWS = 50_000
const PROGRESS_EVERY = 200

/**
 * Reads and validates a catalog from CSV, a JSON list or JSON lines, piece by piece. Stores nothing. What is wrong with
 * rows stands in the report; what is wrong with the file is the answer `ok: false`.
 *
 * @throws RangeError when the options name an unknown currency or time zone.
 */
export async function readCatalogFile(path: string, options: ReadCatalogFileOptions): Promise<ReadCatalogFileResult> {
  try {
    return await readFile(path, options)
  } catch (error) {
    if (!(error instanceof FileRefusal)) throw error
    return { ok: false, reason: /[.!?]$/.test(error.message) ? error.message : `${error.message}.` }
  }
}

/** Cells of a row by field. */
type RawCells = { readonly [field: string]: JsonCell | undefined }

async function readFile(path: string, options: ReadCatalogFileOptions): Promise<ReadCatalogFileResult> {
  const productTypes = options.productTypes ?? standardProductTypes
  const shop = { productTypes, currencies: options.currencies ?? [options.currency] }
  const map = resolveFields(options.map ?? {}, '--map', shop)
  const set = resolveFields(options.set ?? {}, '--set', shop)
  const opened = await openRecords(path, { encoding: options.encoding, columns: { map, set, ...shop } })
  const collected = await validateAll(opened, { ...options, set, productTypes })
  const known = await options.findVariants?.(missingBundleParts(collected.rows))
  const checked = checkImport(collected.rows, { knownVariants: new Set(known) })
  for (const issue of checked.issues) collected.refuse(issue, '')
  const accepted = checked.rows.length
  const repeated = checked.repeated.length
  const { rowsRead } = collected
  const counts = { rowsRead, accepted, repeated, refused: rowsRead - accepted - repeated }
  return { ok: true, rows: checked.rows, report: reportOf(path, { opened, counts, collected }) }
}

interface Collected {
  rows: CatalogRow[]
  rowsRead: number
  refusals: ImportRefusal[]
  refusalsLeftOut: number
  refuse(issue: ImportIssue, value: string): void
}

async function validateAll(
  opened: OpenRecords,
  options: ReadCatalogFileOptions & { productTypes: readonly ProductType[] },
): Promise<Collected> {
  const collected = createCollected()
  const defaults = options.set ?? {}
  const report = (): void =>
    options.onProgress?.({ bytesRead: opened.bytesRead(), totalBytes: opened.totalBytes, rows: collected.rowsRead })
  for await (const record of opened.records) {
    collected.rowsRead += 1
    if (collected.rowsRead > MAXIMUM_ROWS) throw new FileRefusal('The file has more than 50,000 rows: split it')
    if (collected.rowsRead % PROGRESS_EVERY === 0) report()
    if ('broken' in record) {
      collected.refuse({ line: record.line, column: null, message: record.broken }, record.value)
      continue
    }
    const cells = withDefaults(record.cells, defaults)
    const result = validateImportRow(cells, { ...options, line: record.line })
    if (result.ok) collected.rows.push(result.row)
    else for (const issue of result.issues) collected.refuse(issue, cellValue(cells, issue.column))
  }
  report()
  return collected
}

function createCollected(): Collected {
  const collected: Collected = {
    rows: [],
    rowsRead: 0,
    refusals: [],
    refusalsLeftOut: 0,
    refuse({ line, column, message }, value) {
      if (collected.refusals.length >= MAXIMUM_REFUSALS) {
        collected.refusalsLeftOut += 1
        return
      }
      collected.refusals.push({ line, column, value: shortened(value), reason: message })
    },
  }
  return collected
}

/** The name that the file itself gives to a field; of several, the first. */
function columnNames(opened: OpenRecords): ReadonlyMap<string, string> {
  return new Map([...opened.mapping().fields].reverse().map(([column, field]) => [field, column]))
}

function withDefaults(cells: RawCells, defaults: { readonly [field: string]: string }): RawCells {
  const filled: Record<string, JsonCell | undefined> = { ...cells }
  for (const [field, value] of Object.entries(defaults)) {
    const cell = filled[field]
    if (cell === undefined || cell === null || (typeof cell === 'string' && cell.trim() === '')) filled[field] = value
  }
  return filled
}

/** The cell that an issue is about, as the file has it. */
function cellValue(cells: RawCells, field: string | null): string {
  const value = field === null ? undefined : cells[field]
  if (value === undefined || value === null) return ''
  if (typeof value === 'string') return value
  try {
    return JSON.stringify(value)
  } catch {
    // Nested beyond what the engine writes.
    return '{…'
  }
}

function reportOf(
  path: string,
  found: {
    opened: OpenRecords
    collected: Collected
    counts: Pick<ImportReport, 'rowsRead' | 'accepted' | 'repeated' | 'refused'>
  },
): ImportReport {
  const { opened, collected, counts } = found
  const { fields, unused, assumed } = opened.mapping()
  const columns = columnNames(opened)
  return {
    file: path,
    format: opened.format,
    encoding: opened.encoding,
    delimiter: opened.delimiter,
    columns: [...fields].map(([column, field]) => ({ column, field })),
    unusedColumns: unused,
    assumed,
    ...counts,
    refusals: collected.refusals
      .map((refusal) => ({ ...refusal, column: columns.get(refusal.column ?? '') ?? refusal.column }))
      .sort((left, right) => left.line - right.line),
    refusalsLeftOut: collected.refusalsLeftOut,
  }
}
