// What of the last release's collections the present ones lack: a storage would refuse to migrate, and the upgrade with it.
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'

/** A collection's declaration as a storage remembers it. */
export interface RememberedCollection {
  readonly name: string
  readonly indexes: Readonly<Record<string, readonly string[]>>
}

const core = join(import.meta.dirname, '..', '..', 'packages', 'core', 'src')

// The declarations and the rule of migrations are no exports of the package: storages get them by `migrate` alone.
const { collections } = await import(pathToFileURL(join(core, 'commerce', 'collections.ts')).href)
const { collectionAdditions, compileCollection } = await import(
  pathToFileURL(join(core, 'storage', 'adapter-collection.ts')).href
)

/** The declarations of now, by name. */
export const declaredCollections = (): RememberedCollection[] =>
  collections
    .map((collection: unknown) => compileCollection(collection).shape)
    .sort((left: RememberedCollection, right: RememberedCollection) => (left.name < right.name ? -1 : 1))

/** One sentence for each collection that a storage of before would refuse, by the very rule by which it refuses. */
export function collectionBreaks(
  before: readonly RememberedCollection[],
  after: readonly RememberedCollection[],
): string[] {
  const now = new Map(after.map((shape) => [shape.name, shape]))
  return before.flatMap((shape) => {
    const declared = now.get(shape.name)
    if (declared === undefined) return [`Collection "${shape.name}" was declared before and is missing.`]
    try {
      collectionAdditions(shape, declared)
      return []
    } catch (error) {
      return [(error as Error).message]
    }
  })
}
