import {
  answerKey,
  type ConflictReason,
  type DocumentChange,
  type Json,
  searchEntries,
  withNumber,
} from '@bursar/core/storage-adapter'
import { brokenConstraint, isRefusal } from './postgres-error.ts'
import type { Statement } from './statement.ts'
import type { Table } from './table.ts'

/** A statement of a commit, and what its failure means. */
export interface Step {
  readonly statement: Statement
  /** Index of the change in the caller's array. */
  readonly index: number
  /** The conflict that an error of this statement is, or null when it is none. */
  readonly refusal: (error: unknown) => ConflictReason | null
}

/** What the writing of documents needs. */
export interface DocumentWork {
  readonly operator: string
  readonly tableOf: (name: string) => Table
  /** Numbers taken for documents of this commit, by `collection/id`. */
  readonly numbers: Readonly<Record<string, number>>
}

const ORDER = { remove: 0, put: 1, check: 2, insert: 3, append: 3 }

/**
 * The steps that write the documents of a commit: what lets go of unique keys goes before what takes them. Where several
 * documents of one collection are put, all let go first, so that two may swap theirs.
 */
export function documentSteps(work: DocumentWork, documents: readonly DocumentChange[]): Step[] {
  const ordered =
    documents.length > 1 ? documents.toSorted((a, b) => ORDER[a.change.do] - ORDER[b.change.do]) : documents
  return [...freeingSteps(work, documents), ...ordered.flatMap((document) => stepsOf(work, document))]
}

function freeingSteps(work: DocumentWork, documents: readonly DocumentChange[]): Step[] {
  const puts = documents.filter(({ change, collection }) => change.do === 'put' && collection.unique.size > 0)
  return puts.flatMap(({ change, collection, site, index }) => {
    const isAlone = puts.filter((other) => other.collection === collection).length < 2
    if (isAlone || !('version' in change)) return []
    const text = work.tableOf(collection.name).freeUnique
    return [{ statement: { text, values: [work.operator, site, change.id, change.version] }, index, refusal: version }]
  })
}

function stepsOf(work: DocumentWork, document: DocumentChange): Step[] {
  const { change, collection, site, index } = document
  const { operator } = work
  const table = work.tableOf(collection.name)
  const place = [operator, site, change.id]
  const refusal = (error: unknown) => version(error) ?? brokenKey(table, error)
  const entries = (body: unknown) =>
    searchSteps(table, place, { body, isNew: change.do === 'insert' || change.do === 'append' }, index)
  switch (change.do) {
    case 'insert':
    case 'append': {
      const body = numbered(work, document, change.body)
      const values = [...place, JSON.stringify(body), ...collection.columnValues(body)]
      return [{ statement: { text: table.insert, values }, index, refusal }, ...entries(body)]
    }
    case 'put': {
      const body = numbered(work, document, change.body)
      const values = [...place, change.version, JSON.stringify(body), ...collection.columnValues(body)]
      return [{ statement: { text: table.put, values }, index, refusal }, ...entries(body)]
    }
    case 'remove':
      return [
        { statement: { text: table.remove, values: [...place, change.version] }, index, refusal },
        ...entries(null),
      ]
    case 'check':
      return [{ statement: { text: table.check, values: [...place, change.version] }, index, refusal }]
  }
}

function numbered(work: DocumentWork, { change, collection }: DocumentChange, body: Json): Json {
  const value = work.numbers[answerKey(change)]
  return value === undefined || collection.number === null ? body : withNumber(body, collection.number, value)
}

function version(error: unknown): ConflictReason | null {
  return isRefusal(error) ? { why: 'version' } : null
}

function brokenKey(table: Table, error: unknown): ConflictReason | null {
  const constraint = brokenConstraint(error)
  if (constraint === null) return null
  const key = [...table.collection.unique.keys()].find((name) => table.uniqueIndex(name) === constraint)
  return { why: 'unique', key: key ?? 'id' }
}

/** Brings the tokens and facets of a document to those of its body; a null body has none, and had none where it is new. */
function searchSteps(
  table: Table,
  place: readonly string[],
  { body, isNew }: { body: unknown; isNew: boolean },
  index: number,
): Step[] {
  if (table.collection.search === null) return []
  const entries = body === null ? null : searchEntries(table.collection.search, body)
  const [removals, additions] = searchStatements(table, place, entries)
  const statements = isNew ? additions : [...removals, ...additions]
  return statements.map((statement) => ({ statement, index, refusal: () => null }))
}

/** The statements that take away what a document was found by, and those that add what it is. */
export function searchStatements(
  table: Table,
  place: readonly string[],
  entries: ReturnType<typeof searchEntries> | null,
): [removals: Statement[], additions: Statement[]] {
  const { tokens, facets } = entries ?? { tokens: [], facets: [] }
  const mine = '_op = $1 and _site = $2 and id = $3'
  const words = [tokens.map(([token]) => token), tokens.map(([, weight]) => weight)]
  const values = [facets.map(([facet]) => facet), facets.map(([, value]) => value)]
  const removals = [
    {
      text: `delete from ${table.tokens} where ${mine} and token <> all($4::text[])`,
      values: [...place, words[0] ?? []],
    },
    {
      text: `delete from ${table.facets} where ${mine}
        and (facet, value) not in (select * from unnest($4::text[], $5::text[]))`,
      values: [...place, ...values],
    },
  ]
  // What is so already is not written again.
  const addTokens = {
    text: `insert into ${table.tokens} as known select $1, $2, token, $3, weight
        from unnest($4::text[], $5::int[]) as found (token, weight)
        on conflict (_op, _site, token, id) do update set weight = excluded.weight where known.weight <> excluded.weight`,
    values: [...place, ...words],
  }
  const addFacets = {
    text: `insert into ${table.facets} select $1, $2, facet, value, $3
        from unnest($4::text[], $5::text[]) as found (facet, value) on conflict do nothing`,
    values: [...place, ...values],
  }
  return [removals, [...(tokens.length > 0 ? [addTokens] : []), ...(facets.length > 0 ? [addFacets] : [])]]
}
