import { detectDelimiter } from './detect-delimiter.ts'
import { type FileRecord, FileRefusal, type JsonCell } from './file-refusal.ts'
import type { ImportReport } from './import-report.ts'
import { type ColumnMapping, type MapColumnsOptions, mapColumns, refuseMissingFields } from './map-columns.ts'
import { openText } from './open-text.ts'
import { readCsv } from './read-csv.ts'
import { readJsonLines, readJsonList } from './read-json.ts'

/** A file whose kind and columns are known, with its records by field. */
export interface OpenRecords extends Pick<ImportReport, 'format' | 'encoding' | 'delimiter'> {
  /** Size of the file in bytes. */
  readonly totalBytes: number
  /** Bytes read so far. */
  bytesRead(): number
  /** Which column is which field; for JSON, as far as objects were read. */
  mapping(): ColumnMapping
  /** Records with cells by field instead of by column. */
  readonly records: AsyncIterable<FileRecord>
}

/** What a file is opened by. */
export interface OpenRecordsOptions {
  /** Encoding of a file without a byte-order mark. @default utf-8 */
  encoding?: string | undefined
  /** How its columns are mapped. */
  columns: MapColumnsOptions
}

/** Excel writes and reads this line before the header. */
const SEPARATOR_LINE = /^sep=(.)(\r\n|\r|\n)/i

/**
 * Opens a file, and finds out by its beginning what it is.
 *
 * @throws FileRefusal when it is nothing that can be read, or lacks a column.
 */
export async function openRecords(path: string, options: OpenRecordsOptions): Promise<OpenRecords> {
  const text = await openText(path, options.encoding)
  const chunks = text.chunks()
  try {
    const common = { encoding: text.encoding, totalBytes: text.totalBytes, bytesRead: text.bytesRead }
    return { ...common, ...(await openFormat(chunks, options)) }
  } catch (error) {
    // Nobody will read the rest: this closes the file.
    await chunks.return()
    throw error
  }
}

type Opened = Pick<OpenRecords, 'format' | 'delimiter' | 'mapping' | 'records'>

async function openFormat(chunks: AsyncGenerator<string>, options: OpenRecordsOptions): Promise<Opened> {
  const head = await readHead(chunks)
  const whole = followedBy(head, chunks)
  switch (head.trimStart().charAt(0)) {
    case '':
      throw new FileRefusal('The file is empty')
    case '<':
      throw new FileRefusal('This is HTML or XML, not CSV or JSON')
    case '[':
      return { format: 'json', delimiter: null, ...byKeys(readJsonList(whole), options) }
    case '{':
      return { format: 'json-lines', delimiter: null, ...byKeys(readJsonLines(whole), options) }
    default:
      return { format: 'csv', ...(await openCsv(head, whole, options)) }
  }
}

type Mapped = Pick<OpenRecords, 'mapping' | 'records'>

async function openCsv(
  head: string,
  whole: AsyncIterable<string>,
  options: OpenRecordsOptions,
): Promise<Mapped & { delimiter: string }> {
  const declared = SEPARATOR_LINE.exec(head)?.[1]
  const delimiter = declared ?? detectDelimiter(head)
  const { header, records } = await readCsv(whole, { delimiter, skipFirst: declared !== undefined })
  const mapping = mapColumns(header, options.columns)
  refuseMissingFields(header, mapping, options.columns.set)
  return { delimiter, mapping: () => mapping, records: renamed(records, () => mapping) }
}

/** Each JSON object brings keys of its own; objects with the same keys are mapped once. */
function byKeys(records: AsyncIterable<FileRecord>, options: OpenRecordsOptions): Mapped {
  const known = new Map<string, ColumnMapping>()
  const learn = (cells: { readonly [column: string]: JsonCell }): ColumnMapping => {
    const keys = Object.keys(cells)
    const signature = JSON.stringify(keys)
    const found = known.get(signature) ?? mapKeys(keys, options.columns)
    if (known.size < MAXIMUM_SHAPES) known.set(signature, found)
    return found
  }
  return { mapping: () => joined([...known.values()]), records: renamed(records, learn) }
}

/** Objects of more shapes than this are still read, each mapped anew. */
const MAXIMUM_SHAPES = 1000

function mapKeys(keys: readonly string[], { map, ...others }: MapColumnsOptions): ColumnMapping {
  const present = Object.entries(map).filter(([, column]) => keys.includes(column))
  return mapColumns(keys, { ...others, map: Object.fromEntries(present) })
}

function joined(mappings: readonly ColumnMapping[]): ColumnMapping {
  const fields = new Map(mappings.flatMap((mapping) => [...mapping.fields]))
  const unused = new Map(mappings.flatMap((mapping) => mapping.unused.map((entry) => [entry.column, entry] as const)))
  for (const column of fields.keys()) unused.delete(column)
  const assumed = Object.assign({}, ...mappings.map((mapping) => mapping.assumed))
  return { fields, unused: [...unused.values()], assumed }
}

async function* renamed(
  records: AsyncIterable<FileRecord>,
  mappingOf: (cells: { readonly [column: string]: JsonCell }) => ColumnMapping,
): AsyncGenerator<FileRecord, void, undefined> {
  for await (const record of records) {
    if ('broken' in record) {
      yield record
      continue
    }
    const { fields, assumed } = mappingOf(record.cells)
    const named = Object.entries(record.cells).flatMap(([column, cell]) => {
      const field = fields.get(column)
      return field === undefined ? [] : [[field, cell] as const]
    })
    yield { line: record.line, cells: { ...assumed, ...Object.fromEntries(named) } }
  }
}

/** Enough for the longest header that is believable. */
const HEAD_LENGTH = 65_536

async function readHead(chunks: AsyncGenerator<string>): Promise<string> {
  let head = ''
  while (head.length < HEAD_LENGTH) {
    const next = await chunks.next()
    if (next.done === true) break
    head += next.value
  }
  return head
}

async function* followedBy(head: string, rest: AsyncIterable<string>): AsyncGenerator<string, void, undefined> {
  yield head
  yield* rest
}
