import type { Call, Storage } from '../ports/index.ts'
import { type PriceChange, priceChanges } from '../pricing/index.ts'
import { listPage, type PageAnswer, type PageAsked } from '../storage/index.ts'

/** Changes of a variant's prices, newest first. */
export async function listPriceChanges(
  ports: { storage: Storage },
  call: Call,
  input: PageAsked & { variantId: string },
): Promise<PageAnswer<PriceChange>> {
  const query = { index: 'variant', equals: [input.variantId], order: 'desc', page: input, mayLag: true } as const
  const { items, nextCursor } = await listPage(ports.storage, call.scope, priceChanges, query)
  return { items: items.map(({ body }) => body), nextCursor }
}
