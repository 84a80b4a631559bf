import { misreadNumber } from '@bursar/core'
import { type FileRecord, FileRefusal, type JsonCell, MAXIMUM_RECORD_LENGTH } from './file-refusal.ts'

/** A piece of a JSON file that should be one object. */
interface JsonPiece {
  line: number
  text: string
}

/**
 * Reads a JSON list of objects piece by piece, so that its size does not matter.
 *
 * @throws FileRefusal (while it is read) where the list is broken in a way that hides where the next object begins.
 */
export async function* readJsonList(chunks: AsyncIterable<string>): AsyncGenerator<FileRecord, void, undefined> {
  for await (const piece of listPieces(chunks)) yield toRecord(piece)
}

/**
 * Reads JSON lines: one object on each line. A broken line is a broken record and spoils no other.
 *
 * @throws FileRefusal (while it is read) where the first line is no JSON or holds a list of all objects, so that the file
 *   is something else.
 */
export async function* readJsonLines(chunks: AsyncIterable<string>): AsyncGenerator<FileRecord, void, undefined> {
  let isFirst = true
  for await (const piece of linePieces(chunks)) {
    if (piece.text.trim() === '') continue
    const record = toRecord(piece)
    if (isFirst && 'broken' in record) {
      throw new FileRefusal('The file begins like JSON, but is neither a list [ … ] nor one object on each line')
    }
    if (isFirst) refuseWrapped(record)
    isFirst = false
    yield record
  }
}

/** `{"products":[{…},{…}]}`, as exports write it, would be a row without an id. */
function refuseWrapped(record: FileRecord): void {
  const [only, ...others] = 'cells' in record ? Object.entries(record.cells) : []
  if (only === undefined || others.length > 0) return
  const [key, value] = only
  if (!Array.isArray(value) || !value.some((item) => typeof item === 'object' && item !== null)) return
  throw new FileRefusal(
    `The rows stand in a list within an object, under ${JSON.stringify(key)}: the file must be that list`,
  )
}

function toRecord({ line, text }: JsonPiece): FileRecord {
  try {
    const json = JSON.parse(text) as JsonCell // what JSON.parse answers is JSON
    if (typeof json === 'object' && json !== null && !Array.isArray(json)) {
      const kept = misreadNumber(text) === null ? json : asWritten(text)
      return { line, cells: kept as { readonly [column: string]: JsonCell } } // neither null nor a list
    }
    return { line, broken: 'This is not an object.', value: text }
  } catch {
    return { line, broken: 'This is not valid JSON.', value: text }
  }
}

/**
 * Numbers that are read as others stay as they are written: the row that has one is refused where its field is known.
 *
 * @see https://developer.mozilla.org/en-US/docs/Web/JavaScript/Reference/Global_Objects/JSON/rawJSON
 */
function asWritten(text: string): JsonCell {
  return JSON.parse(text, (_name, value: JsonCell, context?: { source?: string }) => {
    const { source } = context ?? {}
    return typeof value === 'number' && source !== undefined && misreadNumber(source) !== null ? rawJson(source) : value
  })
}

/** TypeScript does not know it yet. */
const { rawJSON: rawJson } = JSON as unknown as { rawJSON(text: string): JsonCell }

async function* linePieces(chunks: AsyncIterable<string>): AsyncGenerator<JsonPiece, void, undefined> {
  let line = 1
  let rest = ''
  for await (const chunk of chunks) {
    const lines = (rest + chunk).split('\n')
    rest = lines.pop() ?? ''
    for (const text of lines) {
      refuseEndless(text.length, line)
      yield { line, text }
      line += 1
    }
    refuseEndless(rest.length, line)
  }
  yield { line, text: rest }
}

/** Where a scan of a list stands. */
interface Scan {
  phase: 'before' | 'between' | 'object' | 'after'
  line: number
  /** Line on which the object at hand begins. */
  startLine: number
  depth: number
  inString: boolean
  isEscaped: boolean
  /** The part of the object that stood in earlier chunks. */
  held: string
}

async function* listPieces(chunks: AsyncIterable<string>): AsyncGenerator<JsonPiece, void, undefined> {
  const scan: Scan = {
    phase: 'before',
    line: 1,
    startLine: 1,
    depth: 0,
    inString: false,
    isEscaped: false,
    held: '',
  }
  for await (const chunk of chunks) yield* scanChunk(scan, chunk)
  if (scan.phase === 'object') {
    throw new FileRefusal(`The object that begins at line ${scan.startLine} never ends: is the file cut off?`)
  }
  if (scan.phase !== 'after') throw new FileRefusal('The list never ends: is the file cut off?')
}

function* scanChunk(scan: Scan, chunk: string): Generator<JsonPiece, void, undefined> {
  let start = 0
  for (let at = 0; at < chunk.length; at += 1) {
    const character = chunk.charAt(at)
    if (character === '\n') scan.line += 1
    if (scan.phase !== 'object') {
      betweenObjects(scan, character)
      // The phase was just changed by the call.
      if ((scan.phase as Scan['phase']) === 'object') start = at
      continue
    }
    if (!endsObject(scan, character)) continue
    const text = scan.held + chunk.slice(start, at + 1)
    refuseEndless(text.length, scan.startLine)
    yield { line: scan.startLine, text }
    scan.held = ''
    scan.phase = 'between'
  }
  if (scan.phase !== 'object') return
  scan.held += chunk.slice(start)
  refuseEndless(scan.held.length, scan.startLine)
}

function betweenObjects(scan: Scan, character: string): void {
  if (/\s/.test(character)) return
  if (scan.phase === 'before' && character === '[') scan.phase = 'between'
  else if (scan.phase === 'between' && character === ']') scan.phase = 'after'
  else if (scan.phase === 'between' && character === '{') {
    scan.phase = 'object'
    scan.startLine = scan.line
    scan.depth = 1
  } else if (scan.phase !== 'between' || character !== ',') {
    throw new FileRefusal(`Line ${scan.line}: ${JSON.stringify(character)} stands where an object should begin`)
  }
}

function endsObject(scan: Scan, character: string): boolean {
  if (scan.inString) {
    if (scan.isEscaped) scan.isEscaped = false
    else if (character === '\\') scan.isEscaped = true
    else if (character === '"') scan.inString = false
    return false
  }
  if (character === '"') scan.inString = true
  else if (character === '{' || character === '[') scan.depth += 1
  else if (character === '}' || character === ']') scan.depth -= 1
  return scan.depth === 0
}

function refuseEndless(length: number, line: number): void {
  if (length <= MAXIMUM_RECORD_LENGTH) return
  throw new FileRefusal(`The object that begins at line ${line} is longer than a million characters`)
}
