import type { DatabaseSync, StatementSync } from 'node:sqlite'
import { BoundedMap, type CompiledCollection } from '@bursar/core/storage-adapter'
import { metaValue, placedRows } from './meta.ts'
import { rowOfId } from './row-of-id.ts'

/** A collection with its prepared statements, each made when first used and kept. */
export interface Table {
  readonly collection: CompiledCollection
  /** In which row a document stands, unless another has taken it: then in any. Null where it may be in any. */
  rowOf(operator: string, site: string, id: string): number | null
  /** By operator, site, id. Answers a `Row`. */
  readonly read: () => StatementSync
  /** Its row, twice; operator, site, id, version, body, columns, search entries. */
  readonly insert: () => StatementSync
  /** Body; operator, site, id, version; columns: changes a row whose columns stay, and so touches no index. */
  readonly putSame: () => StatementSync
  /** Body; row; operator, site, id, version; columns: the same, of a document that stands in its row. */
  readonly putSameInRow: () => StatementSync
  /** Body, columns, search entries; operator, site, id, version. */
  readonly put: () => StatementSync
  /** Operator, site, id, version: lets go of the row's unique keys. */
  readonly freeUnique: () => StatementSync
  /** Operator, site, id, version. */
  readonly remove: () => StatementSync
  /** Operator, site, id, version. Answers a row when it is there. */
  readonly check: () => StatementSync
  /** Operator, site, id, version. Answers `{ search }`. */
  readonly readSearch: () => StatementSync
  /** Operator, site, token, id, weight. */
  readonly insertToken: () => StatementSync
  /** Operator, site, token, id. */
  readonly removeToken: () => StatementSync
  /** Operator, site, facet, value, id. */
  readonly insertFacet: () => StatementSync
  /** Operator, site, facet, value, id. */
  readonly removeFacet: () => StatementSync
  /** A statement of the caller's, made once for each form: what its text depends on, or the text itself. */
  statement(form: string, sql?: () => string): StatementSync
}

/** A document as it is stored. */
export interface Row {
  readonly id: string
  readonly version: number
  readonly body: string
}

const KEY = '_op = ? and _site = ? and _id = ?'
/** Of a document that stands in its row. */
export const KEY_IN_ROW = `_rowid_ = ? and ${KEY}`
export const ROW = '_id as id, _v as version, _body as body'

/**
 * A limit that is bound. As a bare `?` its value takes part in SQLite's planning, so each call would plan the statement
 * anew, which is four times what a short list costs.
 */
export const LIMIT = 'limit ? + 0'

/** Forms of lists and searches whose statements a table keeps: those with ever other numbers of words and filters are thousands. */
const MOST_FORMS = 200

/** The statements of a collection. */
export function makeTable(database: DatabaseSync, collection: CompiledCollection): Table {
  const name = quoted(collection.name)
  const columns = collection.columns.map(quoted)
  const uniqueColumns = [...new Set([...collection.unique.values()].flat())].map(quoted)
  const statements = new BoundedMap<string, StatementSync>(MOST_FORMS)

  function statement(form: string, sql = () => form): StatementSync {
    const kept = statements.get(form)
    if (kept !== undefined) return kept
    const made = database.prepare(sql())
    statements.set(form, made)
    return made
  }

  const all = ['_op', '_site', '_id', '_v', '_body', ...columns, '_search']
  const assigned = ['_body', ...columns, '_search'].map((column) => `${column} = ?`)
  const same = columns.map((column) => ` and ${column} is ?`).join('')
  const freed = uniqueColumns.map((column) => `${column} = null`)
  const tokens = quoted(tokenTable(collection))
  const facets = quoted(facetTable(collection))
  const made = {
    read: once(database, `select ${ROW} from ${name} where ${KEY}`),
    insert: once(
      database,
      `insert into ${name} (_rowid_, ${all})
        values ((select ? where not exists (select 1 from ${name} where _rowid_ = ?)), ${all.map(() => '?')})`,
    ),
    putSame: once(database, `update ${name} set _v = _v + 1, _body = ? where ${KEY} and _v = ?${same}`),
    putSameInRow: once(database, `update ${name} set _v = _v + 1, _body = ? where ${KEY_IN_ROW} and _v = ?${same}`),
    put: once(database, `update ${name} set _v = _v + 1, ${assigned} where ${KEY} and _v = ?`),
    freeUnique: once(database, `update ${name} set ${freed} where ${KEY} and _v = ?`),
    remove: once(database, `delete from ${name} where ${KEY} and _v = ?`),
    check: once(database, `select 1 from ${name} where ${KEY} and _v = ?`),
    readSearch: once(database, `select _search as search from ${name} where ${KEY} and _v = ?`),
    insertToken: once(database, `insert into ${tokens} values (?, ?, ?, ?, ?)`),
    removeToken: once(database, `delete from ${tokens} where _op = ? and _site = ? and token = ? and id = ?`),
    insertFacet: once(database, `insert into ${facets} values (?, ?, ?, ?, ?)`),
    removeFacet: once(
      database,
      `delete from ${facets} where _op = ? and _site = ? and facet = ? and value = ? and id = ?`,
    ),
  }
  const isPlaced = metaValue(database, placedRows(collection.name)) !== null
  return {
    collection,
    statement,
    rowOf: (operator, site, id) => (isPlaced ? rowOfId(operator, site, id) : null),
    ...made,
  }
}

/** A name as SQL takes it, whatever it is. */
export function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`
}

/** Table of the tokens of a searchable collection. */
export function tokenTable(collection: CompiledCollection): string {
  return `_tokens_${collection.name}`
}

/** Table of the facet values of a searchable collection. */
export function facetTable(collection: CompiledCollection): string {
  return `_facets_${collection.name}`
}

function once(database: DatabaseSync, sql: string): () => StatementSync {
  let statement: StatementSync | undefined
  return () => {
    statement ??= database.prepare(sql)
    return statement
  }
}
