import { type CollectionAdditions, type CompiledCollection, HOLDS } from '@bursar/core/storage-adapter'
import { TEXT } from './built-in.ts'
import { keepWords, type Planned } from './plan-migration.ts'
import type { Statement } from './statement.ts'
import { listIndex, qualified, quoted, uniqueIndex } from './table.ts'

/** Makes the table of a collection. */
export function createStatements(schema: string, planned: Planned): Statement[] {
  const { collection, additions, generation } = planned
  const name = qualified(schema, collection.name)
  const own = collection === HOLDS ? ', _n bigint not null, _state text not null' : ''
  // What is asked first is asked of tables without statistics; so they are to come soon.
  const analyzed = 'autovacuum_analyze_threshold = 50, autovacuum_analyze_scale_factor = 0.02'
  // Room on each page for the next version of what stands there: the first change of a full page's row costs all its indexes.
  const settings = collection.isAppendOnly ? analyzed : `${analyzed}, fillfactor = 75`
  return [
    {
      text: `create table ${name} (
        _op ${TEXT} not null, _site ${TEXT} not null, _id ${TEXT} not null, _v integer not null,
        _gen smallint not null default 1, _body json not null${own}
        ${collection.columns.map((column) => `, ${columnDefinition(collection, column)}`).join('')},
        constraint ${quoted(`${collection.name}_pkey`)} primary key (_op, _site, _id)
      ) with (${settings})`,
      values: [],
    },
    ...(collection.search === null ? [] : searchTableStatements(schema, collection)),
    ...indexStatements(schema, collection, additions).map(({ text }) => ({ text, values: [] })),
    keepShape(schema, collection, generation),
    ...keepWords(schema, planned),
  ]
}

/** A column with its type. */
export function columnDefinition(collection: CompiledCollection, column: string): string {
  return `${quoted(column)} ${collection.numbers.has(column) ? 'double precision' : TEXT}`
}

/** Makes the tables of the tokens and facets of a collection. */
export function searchTableStatements(schema: string, { name }: CompiledCollection): Statement[] {
  const place = `_op ${TEXT} not null, _site ${TEXT} not null`
  const [tokens, facets] = [`_tokens_${name}`, `_facets_${name}`]
  return [
    `create table if not exists ${qualified(schema, tokens)} (${place}, token ${TEXT} not null, id ${TEXT} not null,
      weight integer not null, primary key (_op, _site, token, id))`,
    `create index if not exists ${quoted(`${tokens}_place`)} on ${qualified(schema, tokens)} (_op, _site, id)`,
    searchOrderIndex(schema, name),
    `create table if not exists ${qualified(schema, facets)} (${place}, facet ${TEXT} not null, value ${TEXT} not null,
      id ${TEXT} not null, primary key (_op, _site, facet, value, id))`,
    `create index if not exists ${quoted(`${facets}_place`)} on ${qualified(schema, facets)} (_op, _site, id)`,
  ].map((text) => ({ text, values: [] }))
}

/** In this order a search reaches the entries of a token. */
export function searchOrderIndex(schema: string, name: string, how = ''): string {
  return `create index ${how} if not exists ${quoted(searchOrder(name))} on ${qualified(schema, `_tokens_${name}`)}
    (_op, _site, token, weight desc, id)`
}

/** Name of the index that searches read in order. */
export const searchOrder = (name: string): string => `_tokens_${name}_order`

/** An index that a collection gets. */
export interface NewIndex {
  readonly name: string
  /** The unique key that it holds, or null. */
  readonly key: string | null
  readonly text: string
}

/** The indexes that are added to a collection. */
export function indexStatements(
  schema: string,
  collection: CompiledCollection,
  additions: CollectionAdditions,
  how = '',
): NewIndex[] {
  const table = qualified(schema, collection.name)
  const unique = additions.unique.map((key): NewIndex => {
    const name = uniqueIndex(collection.name, key)
    const columns = (collection.unique.get(key) ?? []).map(quoted)
    return { name, key, text: `create unique index ${how} ${quoted(name)} on ${table} (_op, _site, ${columns})` }
  })
  const lists = additions.indexes.map((index): NewIndex => {
    const name = listIndex(collection.name, index)
    const columns = (collection.indexes.get(index) ?? []).map(quoted)
    const isThere = columns.map((column) => `${column} is not null`).join(' and ')
    const text = `create index ${how} ${quoted(name)} on ${table} (_op, _site, ${columns}, _id) where ${isThere}`
    return { name, key: null, text }
  })
  return [...unique, ...lists]
}

/** Stores what a collection is now. */
export function keepShape(schema: string, { name, shape }: CompiledCollection, generation: number): Statement {
  return {
    text: `insert into ${qualified(schema, '_collections')} values ($1, $2, $3)
      on conflict (name) do update set shape = excluded.shape, generation = excluded.generation`,
    values: [name, JSON.stringify(shape), generation],
  }
}
