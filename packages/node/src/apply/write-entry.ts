import { type AdminClient, type AdminProduct, type BursarError, isBursarError, type JsonObject } from '@bursar/core'
import type { EntryIds } from './entry-ids.ts'
import { mapReferences, type Reference } from './map-references.ts'
import type { PlannedEntry } from './plan-shop.ts'
import { type FilePath, isObject, type RecordSection, type ShopProblem } from './shop-file.ts'

/** What became of an entry. */
export type WriteOutcome =
  | { readonly outcome: 'written'; readonly version: number }
  /** Refused by the operation. Of a product that takes several writes earlier ones may be stored. */
  | { readonly outcome: 'refused'; readonly error: BursarError; readonly problems: readonly ShopProblem[] }

/** How an entry is written. */
export interface WriteOptions {
  /** Grows by what is written. */
  readonly ids: EntryIds
  /** The id to name for something that is not there. @default its name, which the operation refuses */
  readonly idOfMissing?: ((reference: Reference) => string) | undefined
}

/**
 * Writes an entry by the admin's own operations. What the shop has must be of the version that the plan saw, else it is
 * refused as `version_conflict`. @throws what is no answer, such as a storage that is down
 */
export async function writeEntry(
  admin: AdminClient,
  entry: PlannedEntry,
  options: WriteOptions,
): Promise<WriteOutcome> {
  let version = entry.found?.version
  for (const write of entry.writes) {
    try {
      version = await (entry.section === 'products'
        ? writeProduct(admin, { entry, write, version }, options)
        : writeRecord(admin, { entry, write, version }, options))
    } catch (error) {
      if (!isBursarError(error) || error.status >= 500) throw error
      return { outcome: 'refused', error, problems: problemsOf(entry, write, error) }
    }
  }
  return { outcome: 'written', version: version ?? 1 }
}

interface Write {
  readonly entry: PlannedEntry
  readonly write: JsonObject
  readonly version: number | undefined
}

/** The operations on records as a file sees them: their schemas say what they take. */
interface UncheckedRecords {
  create(input: JsonObject): Promise<{ version: number }>
  update(input: JsonObject, options: { ifVersion?: number | undefined }): Promise<{ version: number }>
}

async function writeRecord(
  admin: AdminClient,
  { entry: { section, key, found, fields }, write, version }: Write,
  options: WriteOptions,
): Promise<number> {
  // What a file holds is checked by the operation's own schema, as what comes over HTTP is.
  const records = admin[section as RecordSection] as unknown as UncheckedRecords
  const input = { ...mapReferences(section, found === null ? fields : write, idIn(options)), id: key }
  const answer = found === null ? await records.create(input) : await records.update(input, { ifVersion: version })
  return answer.version
}

interface UncheckedProducts {
  create(input: JsonObject): Promise<AdminProduct>
  update(input: JsonObject, options: { ifVersion?: number | undefined }): Promise<AdminProduct>
}

async function writeProduct(
  admin: AdminClient,
  { entry: { key, found }, write, version }: Write,
  options: WriteOptions,
): Promise<number> {
  const products = admin.products as unknown as UncheckedProducts // see writeRecord
  const input = withVariantList(mapReferences('products', write, idIn(options)))
  const productId = found?.id ?? (version === undefined ? null : options.ids.find({ kind: 'product', name: key }))
  const answer =
    productId === null
      ? await products.create({ ...input, externalId: key })
      : await products.update({ ...input, productId }, { ifVersion: version })
  options.ids.add(key, answer)
  return answer.version
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
function problemsOf(entry: PlannedEntry, write: JsonObject, error: BursarError): readonly ShopProblem[] {
  const at = [entry.section, entry.key]
  if (error.code === 'version_conflict') {
    return [
      { path: at, message: 'was changed by somebody else since it was read: run this again, and see what differs' },
    ]
  }
  if (error.issues.length === 0) return [{ path: at, message: error.message }]
  return error.issues.map(({ path, message }) => ({
    path: [...at, ...placeInFile(path, write)],
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
