import type { JsonObject } from '../json/index.ts'
import { cellText } from './import-cell.ts'
import type { Parsed } from './import-parsed.ts'

/** What is wrong with a row, or with one cell of it. */
export interface ImportIssue {
  /** Line of the file on which the row begins, from 1. */
  readonly line: number
  /** The field, or null where the row as a whole is meant. */
  readonly column: string | null
  /** A sentence for the file's author, without the cell's value. */
  readonly message: string
}

/** Reads the cells of one row and collects what is wrong with them, so that a report names all of it at once. */
export interface RowReader {
  /** What was found wrong so far. */
  readonly issues: readonly ImportIssue[]
  /** The cell's trimmed text; empty where there is none. */
  text(field: string): string
  /** The cell's value, or the fallback where it is empty or (with an issue) unreadable. */
  read<Value, Fallback>(field: string, parse: (text: string) => Parsed<Value>, fallback: Fallback): Value | Fallback
  /** As `read`, and an empty cell is an issue, with this sentence. */
  require<Value, Fallback>(
    field: string,
    options: { parse: (text: string) => Parsed<Value>; fallback: Fallback; missing: string },
  ): Value | Fallback
  /** As `read`, and nothing where the row does not have the field at all: an empty cell answers `cleared`, none says nothing. */
  named<Value, Cleared>(
    field: string,
    parse: (text: string) => Parsed<Value>,
    cleared: Cleared,
  ): Value | Cleared | undefined
  /** Does the row have the field, be it empty? */
  has(field: string): boolean
  /** Notes an issue of a field, or of the row. */
  refuse(field: string | null, message: string): void
}

/** A reader of one row. */
export function createRowReader(raw: JsonObject, line: number): RowReader {
  const issues: ImportIssue[] = []
  const refuse = (column: string | null, message: string): void => {
    issues.push({ line, column, message })
  }
  const text = (field: string): string => cellText(Object.hasOwn(raw, field) ? raw[field] : undefined)
  const read: RowReader['read'] = (field, parse, fallback) => {
    const cell = text(field)
    if (cell === '') return fallback
    const result = parse(cell)
    if (result.ok) return result.value
    refuse(field, `${result.reason}.`)
    return fallback
  }
  const has = (field: string): boolean => Object.hasOwn(raw, field) && raw[field] !== undefined
  return {
    issues,
    text,
    has,
    refuse,
    read,
    named: (field, parse, cleared) => (has(field) ? read(field, parse, cleared) : undefined),
    require(field, { parse, fallback, missing }) {
      if (text(field) === '') refuse(field, missing)
      return read(field, parse, fallback)
    },
  }
}
