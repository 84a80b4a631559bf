/** What a parameter may be; a list is given where the text says `any($n)` or `unnest($n)`. */
export type Parameter = string | number | null | readonly (string | number)[]

/** A statement with the values of its parameters. */
export interface Statement {
  readonly text: string
  readonly values: readonly Parameter[]
  /** Names what it locks that many want at once: of a shared trip such statements go last, in the order of these names. */
  readonly turn?: string | undefined
}

/** What begins and ends a transaction of several round trips. */
export const BEGIN: Statement = { text: 'begin', values: [] }
export const COMMIT: Statement = { text: 'commit', values: [] }
export const ROLLBACK: Statement = { text: 'rollback', values: [] }

/** A row as the server sends it: texts in the order of the columns. */
export type TextRow = readonly (string | null)[]

/** A value as the protocol's text format has it. */
export function parameterText(value: Parameter): string | null {
  if (value === null || typeof value === 'string') return value
  return typeof value === 'number' ? String(value) : `{${value.map(elementText).join()}}`
}

/** @see https://www.postgresql.org/docs/current/arrays.html#ARRAYS-IO */
function elementText(value: string | number): string {
  return typeof value === 'number' ? String(value) : `"${value.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`
}
