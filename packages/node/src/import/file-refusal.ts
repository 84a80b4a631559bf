/** Why a file as a whole cannot be read. Caught by `readCatalogFile`, which answers it as a value. */
export class FileRefusal extends Error {
  override readonly name = 'FileRefusal'
}

/**
 * A record of a file: cells by the names of their columns, or why there are none. `line` is where it begins, from 1,
 * counted as an editor counts lines.
 */
export type FileRecord =
  | { readonly line: number; readonly cells: { readonly [column: string]: JsonCell } }
  | { readonly line: number; readonly broken: string; readonly value: string }

/** What a cell may hold: a text in CSV, any JSON in JSON. */
export type JsonCell =
  | null
  | boolean
  | number
  | string
  | readonly JsonCell[]
  | { readonly [name: string]: JsonCell | undefined }

/** Longest record, in characters. Far beyond any product, and far below what would fill the memory. */
export const MAXIMUM_RECORD_LENGTH = 1_048_576
