import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { CsvError, parse } from 'csv-parse'
import { type FileRecord, FileRefusal, MAXIMUM_RECORD_LENGTH } from './file-refusal.ts'

/** The header of a CSV file, and its records as they are read. */
export interface CsvRecords {
  /** Names of the columns, trimmed, as the file has them; an empty one where the header has none. */
  readonly header: readonly string[]
  /** Records below the header; blank ones are left out. Throws {@link FileRefusal}. */
  readonly records: AsyncGenerator<FileRecord, void, undefined>
}

/** How CSV is read. */
export interface ReadCsvOptions {
  /** What separates cells. */
  delimiter: string
  /** Is the first line no header but a note to Excel? */
  skipFirst: boolean
}

/** One record with the physical line on which it begins. */
interface NumberedRecord {
  line: number
  /** Lines that it runs over, one or more. */
  height: number
  cells: readonly string[]
  /** Of a record of one line, always true: a quote inside of a cell harms nobody there. */
  isWellQuoted: boolean
}

/**
 * Reads CSV piece by piece (RFC 4180, with any of four delimiters and any line breaks). A quote inside of an unquoted
 * cell is taken as it stands, unless the row runs over lines. Line numbers are those of an editor, also below quoted line breaks.
 *
 * @throws FileRefusal where there is no header.
 */
export async function readCsv(chunks: AsyncIterable<string>, options: ReadCsvOptions): Promise<CsvRecords> {
  const numbered = numberedRecords(chunks, options.delimiter)
  if (options.skipFirst) await numbered.next()
  for await (const { cells } of stopBeforeReturn(numbered)) {
    const header = cells.map((cell) => cell.trim())
    if (header.every((name) => name === '')) continue
    return { header, records: recordsBelow(header, numbered) }
  }
  throw new FileRefusal('The file holds no header: its first line names the columns')
}

/** Leaving a `for await` closes its generator; this one stays open for what follows. */
function stopBeforeReturn<T>(generator: AsyncGenerator<T>): AsyncIterable<T> {
  return { [Symbol.asyncIterator]: () => ({ next: () => generator.next() }) }
}

async function* recordsBelow(
  header: readonly string[],
  numbered: AsyncGenerator<NumberedRecord>,
): AsyncGenerator<FileRecord, void, undefined> {
  for await (const record of numbered) {
    if (record.cells.every((cell) => cell.trim() === '')) continue
    yield toRecord(header, record)
  }
}

function toRecord(header: readonly string[], { line, height, cells, isWellQuoted }: NumberedRecord): FileRecord {
  const isOpen = height === 1 ? '.' : `, and runs to line ${line + height - 1}: is a quote left open?`
  const value = cells.join(' ')
  if (!isWellQuoted) return { line, broken: `The row has a quote inside of a cell${isOpen}`, value }
  const surplus = cells.slice(header.length)
  if (cells.length < header.length || surplus.some((cell) => cell.trim() !== '')) {
    const broken = `The row has ${count(cells.length, 'cell')}, the header ${count(header.length, 'column')}${isOpen}`
    return { line, broken, value }
  }
  return { line, cells: Object.fromEntries(header.map((name, index) => [name, cells[index] ?? ''])) }
}

function count(amount: number, noun: string): string {
  return `${amount} ${noun}${amount === 1 ? '' : 's'}`
}

async function* numberedRecords(
  chunks: AsyncIterable<string>,
  delimiter: string,
): AsyncGenerator<NumberedRecord, void, undefined> {
  let nextLine = 1
  const measured: Omit<NumberedRecord, 'cells'>[] = []
  const parser = parse({
    delimiter,
    record_delimiter: ['\r\n', '\n', '\r'],
    max_record_size: MAXIMUM_RECORD_LENGTH,
    relax_column_count: true,
    relax_quotes: true,
    // The library's own line count takes a quoted CRLF for two lines.
    raw: true,
    // Counted while it parses: when it meets an error, records that nobody has taken yet are gone.
    on_record(record) {
      const { raw } = record as unknown as RawRecord // the types do not know what `raw: true` does
      const height = linesOf(raw)
      measured.push({ line: nextLine, height, isWellQuoted: height === 1 || isWellQuoted(raw, delimiter) })
      nextLine += height
      return record
    },
  })
  // Its outcome is the parser's: an error ends the loop below.
  pipeline(Readable.from(chunks), parser).catch(() => {})
  try {
    for await (const { record } of parser as AsyncIterable<RawRecord>) {
      const place = measured.shift()
      if (place !== undefined) yield { ...place, cells: record }
    }
  } catch (error) {
    throw refusalOf(error, nextLine)
  } finally {
    parser.destroy()
  }
}

/** What the parser makes of a record under `raw: true`. */
interface RawRecord {
  raw: string
  record: string[]
}

/** Whether each quote of a record opens or closes a cell, or is doubled inside of one. */
function isWellQuoted(raw: string, delimiter: string): boolean {
  const separator = `\\u{${(delimiter.codePointAt(0) ?? 0).toString(16)}}`
  const quotedCell = new RegExp(`(^|${separator})"(?:[^"]|"")*"(?=${separator}|[\\r\\n]|$)`, 'gu')
  return !raw.replaceAll(quotedCell, '$1').includes('"')
}

/** Lines that a record runs over; its own line break, of which `raw` may hold the first half, is not counted. */
function linesOf(raw: string): number {
  const own = raw.endsWith('\r\n') ? raw.slice(0, -2) : raw.replace(/[\r\n]$/, '')
  if (!/[\r\n]/.test(own)) return 1
  return own.split(/\r\n|\r|\n/).length
}

function refusalOf(error: unknown, line: number): unknown {
  if (!(error instanceof CsvError)) return error
  const row = `The row that begins at line ${line}`
  switch (error.code) {
    case 'CSV_QUOTE_NOT_CLOSED':
      return new FileRefusal(`${row} opens a quote that is never closed`, { cause: error })
    case 'CSV_MAX_RECORD_SIZE':
      return new FileRefusal(`${row} is longer than a million characters: is a quote left open?`, { cause: error })
    default:
      return new FileRefusal(`${row} is no CSV: ${error.message}`, { cause: error })
  }
}
