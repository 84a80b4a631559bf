import type { Change, Collection, Json } from '@bursar/core/storage-adapter'

/** A document of tests of migrations. */
export interface Note {
  readonly text: string
  readonly size: number
}

/** Where the tests write. */
export const scope = { operator: 'op' }

/** The first version of a collection. */
export const notes: Collection<Note> = {
  name: 'notes',
  of: 'operator',
  columns: { text: ({ text }) => text },
  unique: {},
  indexes: { text: ['text'] },
}

/** The second, which lists by size. */
export const sized: Collection<Note> = {
  ...notes,
  columns: { ...notes.columns, size: ({ size }) => size },
  numbers: ['size'],
  indexes: { ...notes.indexes, size: ['size'] },
}

/** Another second, with a unique key besides. */
export const keyed: Collection<Note> = {
  ...sized,
  columns: { ...sized.columns, key: ({ text }) => text.toLowerCase() },
  unique: { key: ['key'] },
}

/** A third, which lists by the text in small letters besides. */
export const lowered: Collection<Note> = {
  ...sized,
  columns: { ...sized.columns, low: ({ text }) => text.toLowerCase() },
  indexes: { ...sized.indexes, low: ['low'] },
}

/** Another second, which can be searched. */
export const searched: Collection<Note> = { ...notes, search: { fields: ({ text }) => [{ text, weight: 1 }] } }

/** Inserts a note. */
export function insertNote(id: string, text: string, size = 1): Change {
  return { do: 'insert', in: 'notes', id, body: { text, size } satisfies Json }
}

/** Writes a note again. */
export function putNote(id: string, version: number, text: string, size = 1): Change {
  return { do: 'put', in: 'notes', id, version, body: { text, size } satisfies Json }
}
