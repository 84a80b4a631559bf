import { type AdminClient, type AdminProduct, type BursarError, isBursarError, type JsonObject } from '@bursar/core'
import type { EntryIds } from './entry-ids.ts'
import { mapReferences, type Reference } from './map-references.ts'
import type { PlannedWrite } from './plan-shop.ts'
import { type FilePath, isObject, type RecordSection, type ShopProblem } from './shop-file.ts'

/** What became of a write. */
export type WriteOutcome =
  | { readonly outcome: 'written'; readonly version: number }
  /** Refused by the operation: nothing of it is stored. */
  | { readonly outcome: 'refused'; readonly problems: readonly ShopProblem[] }

/** What writes one after the other know of each other. */
export interface WriteOptions {
  /** Grows by what is written. */
  readonly ids: EntryIds
  /** The version of the entry after its write before; undefined: the one that the plan saw. */
  readonly version: number | undefined
  /** The id to name for something that is not there. @default its name, which the operation refuses */
  readonly idOfMissing?: ((reference: Reference) => string) | undefined
}

/**
 * Does a write by the admin's own operations. What the shop has must be of the version that the plan saw, else it is
 * refused. @throws what is no answer, such as a storage that is down
 */
export async function writeEntry(
  admin: AdminClient,
  write: PlannedWrite,
  options: WriteOptions,
): Promise<WriteOutcome> {
  const { entry } = write
  const seen = { ...options, version: options.version ?? entry.found?.version }
  try {
    const version = await (entry.section === 'products'
      ? writeProduct(admin, write, seen)
      : writeRecord(admin, write, seen))
    return { outcome: 'written', version }
  } catch (error) {
    if (!isBursarError(error) || error.status >= 500) throw error
    return { outcome: 'refused', problems: problemsOf(write, error) }
  }
}

/** The operations on records as a file sees them: their schemas say what they take. */
interface UncheckedRecords {
  create(input: JsonObject): Promise<{ version: number }>
  update(input: JsonObject, options: { ifVersion?: number | undefined }): Promise<{ version: number }>
}

async function writeRecord(
  admin: AdminClient,
  { entry: { section, key, found }, fields }: PlannedWrite,
  options: WriteOptions,
): Promise<number> {
  // What a file holds is checked by the operation's own schema, as what comes over HTTP is.
  const records = admin[section as RecordSection] as unknown as UncheckedRecords
  const input = { ...mapReferences(section, fields, idIn(options)), id: key }
  const { version } = await (found === null
    ? records.create(input)
    : records.update(input, { ifVersion: options.version }))
  return version
}

interface UncheckedProducts {
  create(input: JsonObject): Promise<AdminProduct>
  update(input: JsonObject, options: { ifVersion?: number | undefined }): Promise<AdminProduct>
}

async function writeProduct(
  admin: AdminClient,
  { entry: { key, found }, fields }: PlannedWrite,
  options: WriteOptions,
): Promise<number> {
  const products = admin.products as unknown as UncheckedProducts // see writeRecord
  const input = withVariantList(mapReferences('products', fields, idIn(options)))
  const productId = found?.id ?? options.ids.find({ kind: 'product', name: key })
  const product = await (productId === null
    ? products.create({ ...withoutNoPublication(input), externalId: key })
    : products.update({ ...input, productId }, { ifVersion: options.version }))
  options.ids.add(key, product)
  return product.version
}

/** A new product is on no site by itself: the operation takes no null for it. */
function withoutNoPublication({ publication, ...input }: JsonObject): JsonObject {
  return publication === null ? input : { ...input, ...(publication === undefined ? {} : { publication }) }
}

const idIn =
  ({ ids, idOfMissing = ({ name }) => name }: WriteOptions) =>
  (reference: Reference): string =>
    ids.find(reference) ?? idOfMissing(reference)

function withVariantList({ variants, ...fields }: JsonObject): JsonObject {
  if (!isObject(variants)) return fields
  const list = Object.entries(variants).map(([name, variant]) => ({ ...(isObject(variant) ? variant : {}), name }))
  return { ...fields, variants: list }
}

/** What an operation said, at the places of the file. */
function problemsOf({ entry, fields }: PlannedWrite, error: BursarError): readonly ShopProblem[] {
  const at = [entry.section, entry.key]
  if (error.code === 'version_conflict') {
    return [
      { path: at, message: 'was changed by somebody else since it was read: run this again, and see what differs' },
    ]
  }
  if (error.issues.length === 0) return [{ path: at, message: error.message }]
  return error.issues.map(({ path, message }) => ({
    path: [...at, ...placeInFile(path, fields)],
    message: sentence(path, message),
  }))
}

/** Members that a file does not write: what is wrong with them is wrong with the key. */
const KEYS = new Set(['id', 'externalId', 'productId'])

function placeInFile(path: string, { variants }: JsonObject): FilePath {
  const [first, second, third, ...rest] = path.split('.')
  if (path === '' || (first !== undefined && second === undefined && KEYS.has(first))) return []
  if (first !== 'variants' || second === undefined || !isObject(variants)) return path.split('.')
  const name = Object.keys(variants)[Number(second)] ?? second
  return [first, name, ...(third === undefined || third === 'name' ? [] : [third, ...rest])]
}

/** The door's sentences begin with the place, which stands before them here already. */
function sentence(path: string, message: string): string {
  const own = message.startsWith(`${path} `) ? message.slice(path.length + 1) : message
  return own.endsWith('.') ? own.slice(0, -1) : own
}
