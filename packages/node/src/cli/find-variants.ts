import type { InProcessClient } from '@bursar/core'

/** Looks for single variants (no bundles) of the shop by their external ids, so that a file's bundles may name them. */
export function findVariants(client: InProcessClient): (externalIds: readonly string[]) => Promise<readonly string[]> {
  return async (externalIds) => {
    const wanted = new Set(externalIds)
    const found: string[] = []
    if (wanted.size === 0) return found
    for await (const { externalId, bundle } of variantsOf(client)) {
      if (bundle === null && externalId !== null && wanted.has(externalId)) found.push(externalId)
    }
    return found
  }
}

async function* variantsOf({ admin }: InProcessClient) {
  let cursor: string | undefined
  do {
    const page = await admin.products.list({ limit: 100, cursor })
    for (const { variants } of page.items) yield* variants
    cursor = page.nextCursor ?? undefined
  } while (cursor !== undefined)
}
