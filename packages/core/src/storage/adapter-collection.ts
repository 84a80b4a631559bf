import type { AnyCollection, CollectionSearch, HoldRecord } from '../ports/storage.ts'

/** What a column of a document holds. */
export type ColumnValue = string | number | null

/** A collection made ready for an adapter: checked, its columns in one order. */
export interface CompiledCollection {
  readonly name: string
  readonly of: 'operator' | 'site'
  readonly isAppendOnly: boolean
  /** Names of the columns; `columnValues` answers in this order. */
  readonly columns: readonly string[]
  /** Those of the columns that hold numbers; the others hold texts. */
  readonly numbers: ReadonlySet<string>
  /** The values of the columns for a body. @throws TypeError for a value of the wrong kind */
  readonly columnValues: (body: unknown) => ColumnValue[]
  readonly unique: ReadonlyMap<string, readonly string[]>
  readonly indexes: ReadonlyMap<string, readonly string[]>
  /** The top-level field that number series fill, or null. */
  readonly number: string | null
  readonly search: CollectionSearch<unknown> | null
  readonly shape: CollectionShape
}

/** What a storage remembers of a collection's declaration, as JSON. */
export interface CollectionShape {
  readonly name: string
  readonly of: 'operator' | 'site'
  readonly appendOnly: boolean
  readonly columns: readonly string[]
  readonly numbers: readonly string[]
  readonly unique: Readonly<Record<string, readonly string[]>>
  readonly indexes: Readonly<Record<string, readonly string[]>>
  readonly number: string | null
  readonly search: boolean
}

const NAME = /^[a-zA-Z][a-zA-Z0-9_]*$/

/** The built-in collection of holds: read-only for callers, a table like others for adapters. */
export const HOLDS: CompiledCollection = compile({
  name: 'holds',
  of: 'operator',
  columns: {
    counter: (body: HoldRecord) => body.counter,
    hold: (body: HoldRecord) => body.hold,
    due: (body: HoldRecord) => (body.state === 'held' ? body.due : null),
  },
  unique: {},
  indexes: { counter: ['counter', 'hold'], due: ['due'] },
})

/** Id of a hold's document in `holds`. */
export function holdDocumentId(counter: string, hold: string): string {
  return `${counter}/${hold}`
}

/**
 * Checks a declaration and makes it ready.
 *
 * @throws TypeError for a name that is none, or a key or index of columns that are not declared.
 */
export function compileCollection(collection: AnyCollection): CompiledCollection {
  if (collection.name === HOLDS.name) throw new TypeError('The collection "holds" is built in: choose another name.')
  return compile(collection)
}

function compile(collection: AnyCollection): CompiledCollection {
  const columns = Object.keys(collection.columns)
  const shape: CollectionShape = {
    name: collection.name,
    of: collection.of,
    appendOnly: collection.appendOnly ?? false,
    columns,
    numbers: collection.numbers ?? [],
    unique: collection.unique,
    indexes: collection.indexes,
    number: collection.number ?? null,
    search: collection.search !== undefined,
  }
  checkShape(shape)
  // A body reaches a collection only by the collection's own name, so it is of the type that its functions take.
  const computed = Object.values(collection.columns) as ((body: unknown) => ColumnValue | undefined)[]
  const numbers = new Set(shape.numbers)
  const kinds = columns.map((column) => (numbers.has(column) ? 'number' : 'string'))
  const valueAt = (body: unknown, index: number) => {
    const value = computed[index]?.(body) ?? null
    if (value === null || typeof value === kinds[index]) return value
    throw new TypeError(`Column "${columns[index]}" of "${shape.name}" holds a ${kinds[index]}, not a ${typeof value}.`)
  }
  return {
    name: shape.name,
    of: shape.of,
    isAppendOnly: shape.appendOnly,
    columns,
    numbers,
    columnValues: (body) => columns.map((_column, index) => valueAt(body, index)),
    unique: new Map(Object.entries(shape.unique)),
    indexes: new Map(Object.entries(shape.indexes)),
    number: shape.number,
    search: (collection.search as CollectionSearch<unknown> | undefined) ?? null, // as above
    shape,
  }
}

function checkShape(shape: CollectionShape): void {
  const keys = [...Object.entries(shape.unique), ...Object.entries(shape.indexes)]
  for (const name of [shape.name, ...shape.columns, ...keys.map(([key]) => key)]) {
    if (!NAME.test(name)) throw new TypeError(`"${name}" of collection "${shape.name}" is not a name.`)
  }
  const undeclared = shape.numbers.find((column) => !shape.columns.includes(column))
  if (undeclared !== undefined) {
    throw new TypeError(`"${undeclared}" of collection "${shape.name}" is said to hold numbers and is no column.`)
  }
  for (const [name, columns] of keys) {
    const unknown = columns.find((column) => !shape.columns.includes(column))
    if (columns.length > 0 && unknown === undefined) continue
    throw new TypeError(`"${name}" of collection "${shape.name}" needs declared columns, not "${unknown ?? ''}".`)
  }
}

/** What a migration has to add to a collection. */
export interface CollectionAdditions {
  readonly columns: readonly string[]
  readonly unique: readonly string[]
  readonly indexes: readonly string[]
  readonly search: boolean
}

/** A storage has more than is declared: what is started is older than what migrated it. No fault of the code, so nobody needs its stack. */
export class NewerStorageError extends TypeError {}

/** A shape as a storage remembers it: one that was stored before columns had kinds says nothing of them. */
type RememberedShape = Omit<CollectionShape, 'numbers'> & Partial<Pick<CollectionShape, 'numbers'>>

/**
 * What is new in a declaration, against the one that the storage remembers.
 *
 * @throws TypeError in words, for a change that is no addition; `NewerStorageError` where something is declared no more.
 */
export function collectionAdditions(before: RememberedShape, after: CollectionShape): CollectionAdditions {
  for (const field of ['of', 'appendOnly', 'number'] as const) {
    if (before[field] === after[field]) continue
    refuse(after.name, `${field} cannot change from ${before[field]} to ${after[field]}`)
  }
  for (const column of before.columns) {
    if (!after.columns.includes(column)) missing(after.name, `column "${column}"`)
    if (before.numbers === undefined || before.numbers.includes(column) === after.numbers.includes(column)) continue
    refuse(after.name, `column "${column}" cannot change between numbers and texts: give it a new name`)
  }
  if (before.search && !after.search) missing(after.name, 'search')
  return {
    columns: after.columns.filter((column) => !before.columns.includes(column)),
    unique: addedKeys(after.name, 'unique key', before.unique, after.unique),
    indexes: addedKeys(after.name, 'index', before.indexes, after.indexes),
    search: after.search && !before.search,
  }
}

type Keys = Readonly<Record<string, readonly string[]>>

function addedKeys(collection: string, kind: string, before: Keys, after: Keys): string[] {
  for (const [name, columns] of Object.entries(before)) {
    const now = after[name]
    if (now === undefined) missing(collection, `${kind} "${name}"`)
    if (now.join() === columns.join()) continue
    refuse(collection, `${kind} "${name}" cannot change its columns from (${columns}) to (${now}): give it a new name`)
  }
  return Object.keys(after).filter((name) => before[name] === undefined)
}

/** Nothing that was released is taken away, so what is missing here is in a version that is newer. */
function missing(collection: string, what: string): never {
  throw new NewerStorageError(
    `Collection "${collection}" cannot be migrated: ${what} was declared before and is missing: newer code has migrated this storage. Start that version, or a newer one.`,
  )
}

function refuse(collection: string, reason: string): never {
  throw new TypeError(`Collection "${collection}" cannot be migrated: ${reason}.`)
}
