import type { CompiledCollection } from '@bursar/core/storage-adapter'

/** A collection with the texts of its statements. `$1` is the operator, `$2` the site, `$3` the id, `$4` the version. */
export interface Table {
  readonly collection: CompiledCollection
  /** Counts the migrations of the collection; each row says by which one it was written. */
  readonly generation: number
  /** Name of the table, with its schema, as SQL takes it. */
  readonly name: string
  /** Names of the tables of its tokens and facet values. */
  readonly tokens: string
  readonly facets: string
  /** Operator, site, id, body, then the columns. */
  readonly insert: string
  /** Operator, site, id, version, body, then the columns: refuses when there is no such version. */
  readonly put: string
  /** Lets go of the row's unique keys; refuses when there is no such version. */
  readonly freeUnique: string
  /** Refuses when there is no such version. */
  readonly remove: string
  /** Locks the row against writers; refuses when there is no such version. */
  readonly check: string
  /** Name of the index that holds a unique key, by its name; `_pkey` is the id's. */
  uniqueIndex(key: string): string
}

/** Columns of a document, as `storedOf` reads them. */
export const ROW = '_id, _v, _body'
const KEY = '_op = $1 and _site = $2 and _id = $3'

/** PostgreSQL cuts longer names without a word. */
const LONGEST_NAME = 63

/**
 * The statements of a collection in a schema.
 *
 * @throws TypeError for names that are too long.
 */
export function makeTable(schema: string, collection: CompiledCollection, generation: number): Table {
  checkNames(collection)
  const name = qualified(schema, collection.name)
  const columns = collection.columns.map(quoted)
  const placeholders = (first: number) => columns.map((_column, index) => `$${first + index}`)
  const assigned = columns.map((column, index) => `${column} = $${6 + index}`)
  const free = [...new Set([...collection.unique.values()].flat())].map((column) => `${quoted(column)} = null`)
  const versioned = `${KEY} and _v = $4`
  return {
    collection,
    generation,
    name,
    tokens: qualified(schema, `_tokens_${collection.name}`),
    facets: qualified(schema, `_facets_${collection.name}`),
    insert: `insert into ${name} (${['_op', '_site', '_id', '_v', '_gen', '_body', ...columns]})
      values (${['$1', '$2', '$3', '1', generation, '$4', ...placeholders(5)]})`,
    put: refusing(
      `update ${name} set ${['_v = _v + 1', `_gen = ${generation}`, '_body = $5', ...assigned].join(', ')} where ${versioned} returning 1`,
    ),
    freeUnique: refusing(`update ${name} set ${free.join(', ')} where ${versioned} returning 1`),
    remove: refusing(`delete from ${name} where ${versioned} returning 1`),
    check: refusing(`select 1 from ${name} where ${versioned} for share`),
    uniqueIndex: (key) => uniqueIndex(collection.name, key),
  }
}

/** Name of the index that holds a unique key. */
export function uniqueIndex(collection: string, key: string): string {
  return `${collection}_unique_${key}`
}

/** Name of a declared index. */
export function listIndex(collection: string, index: string): string {
  return `${collection}_index_${index}`
}

function checkNames({ name, columns, unique, indexes }: CompiledCollection): void {
  const names = [
    `_tokens_${name}_place`,
    ...columns,
    ...[...unique.keys()].map((key) => uniqueIndex(name, key)),
    ...[...indexes.keys()].map((index) => listIndex(name, index)),
  ]
  const long = names.find((candidate) => candidate.length > LONGEST_NAME)
  if (long !== undefined) throw new TypeError(`"${long}" is longer than the ${LONGEST_NAME} characters of PostgreSQL.`)
}

/** A statement that fails, and with it the batch, unless it meets a row. */
export function refusing(statement: string): string {
  return `with met as (${statement}) select 1 / count(*) from met`
}

/** A name as SQL takes it, whatever it is. */
export function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`
}

/** A name in a schema. */
export function qualified(schema: string, name: string): string {
  return `${quoted(schema)}.${quoted(name)}`
}
