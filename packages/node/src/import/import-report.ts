/** One thing that is wrong in a file. */
export interface ImportRefusal {
  /** Line on which the row begins, from 1, as an editor counts. */
  readonly line: number
  /** The file's own name of the column, or the field where no column has it; null for a whole row. */
  readonly column: string | null
  /** The cell, shortened; empty where there is none. May hold anything a file can: `formatReport` makes it safe. */
  readonly value: string
  /** A sentence. */
  readonly reason: string
}

/** What reading a file came to. Every row read is accepted, repeated or refused. */
export interface ImportReport {
  /** Path as it was given. */
  readonly file: string
  /** What kind of file it is. */
  readonly format: 'csv' | 'json' | 'json-lines'
  /** Its encoding, such as `utf-8`. */
  readonly encoding: string
  /** What separates its cells; null for JSON. */
  readonly delimiter: string | null
  /** Which column was taken for which field. */
  readonly columns: readonly { readonly column: string; readonly field: string }[]
  /** Columns that were not used, and why. */
  readonly unusedColumns: readonly { readonly column: string; readonly reason: string }[]
  /** Defaults that the columns' names told, by field, such as the type `course` of a file with a `course_id`. */
  readonly assumed: { readonly [field: string]: string }
  /** Rows that are not blank. */
  readonly rowsRead: number
  /** Rows that can be stored. */
  readonly accepted: number
  /** Rows that say again what an earlier one said. */
  readonly repeated: number
  /** Rows that cannot be stored. */
  readonly refused: number
  /** What is wrong, by line; a row may have several. At most {@link MAXIMUM_REFUSALS}. */
  readonly refusals: readonly ImportRefusal[]
  /** How many more there were. */
  readonly refusalsLeftOut: number
}

/** A file with more mistakes is the wrong file. */
export const MAXIMUM_REFUSALS = 10_000

/** Longest value that a report quotes, in characters. */
const MAXIMUM_VALUE_LENGTH = 60

/** A cell as a report quotes it. */
export function shortened(value: string): string {
  if (value.length <= MAXIMUM_VALUE_LENGTH) return value
  return `${[...value.slice(0, MAXIMUM_VALUE_LENGTH * 2)].slice(0, MAXIMUM_VALUE_LENGTH - 1).join('')}…`
}
