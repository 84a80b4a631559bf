import type { AnyCollection, Change, Collection } from '@bursar/core/storage-adapter'

/** What a writer's document holds: how many commits it has made. */
export type WriterBody = { readonly commits: number; readonly writer: string }

const writers: Collection<WriterBody> = {
  name: 'writers',
  of: 'operator',
  columns: { commits: (body) => body.commits },
  numbers: ['commits'],
  unique: {},
  indexes: { commits: ['commits'] },
}

const steps: Collection<WriterBody> = {
  name: 'steps',
  of: 'operator',
  appendOnly: true,
  columns: { writer: (body) => body.writer, commits: (body) => body.commits },
  numbers: ['commits'],
  unique: { position: ['writer', 'commits'] },
  indexes: { writer: ['writer', 'commits'] },
}

/** The collections of the crash test. */
export const crashCollections: readonly AnyCollection[] = [writers, steps]

/** The scope of the crash test. */
export const crashScope = { operator: 'op' }

/** The counter that all writers share. */
export const CRASH_COUNTER = 'commits'

/** One commit of a writer: its document, a log, a hold of the shared counter and a job. */
export function crashChanges(writer: string, commits: number): Change[] {
  const id = `${writer}-${commits}`
  const body = { writer, commits }
  const limit = Number.MAX_SAFE_INTEGER
  return [
    commits === 1
      ? { do: 'insert', in: 'writers', id: writer, body }
      : { do: 'put', in: 'writers', id: writer, version: commits - 1, body },
    { do: 'append', in: 'steps', id, body },
    { do: 'hold', counter: CRASH_COUNTER, hold: id, n: 1, limit, due: '2999-01-01T00:00:00.000Z' },
    { do: 'enqueue', id, queue: 'crash', data: null },
  ]
}
