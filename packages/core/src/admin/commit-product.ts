import { type AuditedWrite, writeChanges, writeRefs, writtenBefore } from '../audit/index.ts'
import { type AdminPorts, type AdminProduct, products, publications, variants } from '../catalog/index.ts'
import { BursarError } from '../errors/index.ts'
import type { Call, Change, Conflict, Stored } from '../ports/index.ts'
import {
  PRICING_VERSION_ID,
  type PricingVersion,
  pricingChange,
  pricingVersions,
  variantPrices,
} from '../pricing/index.ts'
import { byId, type Decision, readAll } from '../storage/index.ts'
import { countPlaces, type ProductDraft, productChanges } from './product-changes.ts'
import { type ProductState, readProductState } from './product-state.ts'
import { adminProduct } from './product-view.ts'
import { taken } from './records.ts'

/** The commit of a draft, or the product as it is where nothing differs. */
export function commitOfProduct(
  { runtime }: AdminPorts,
  call: Call,
  saving: {
    write: AuditedWrite
    state: ProductState | null
    draft: ProductDraft
    pricing: Stored<PricingVersion> | null
    /** Did somebody choose the slug? One that was made is made again when another product was quicker. */
    isSlugChosen: boolean
  },
): Decision<AdminProduct> {
  const { write, state, draft, pricing, isSlugChosen } = saving
  const changed = productChanges(call, state, draft)
  const { changes, fields, pricingIds } = changed
  if (changes.length === 0 && state !== null) return { answer: adminProduct(state) }
  const what = { collection: products.name, record: draft.product.id, fields }
  return {
    changes: [
      ...changes,
      ...countPlaces(runtime, call, [changed]),
      ...writeChanges(call, write, what),
      pricingChange(runtime, pricing, pricingIds),
    ],
    done: ({ versions }) => adminProduct(stateAfter(state, draft, versions)),
    onConflict: (conflict, all) => uniqueTaken(draft, { conflict, changes: all, isSlugChosen }),
  }
}

function stateAfter(state: ProductState | null, draft: ProductDraft, versions: Record<string, number>): ProductState {
  const as = <T>(
    collection: string,
    id: string,
    body: T,
    before: { version: number } | null | undefined,
  ): Stored<T> => ({
    ...{ in: collection, id, body },
    version: versions[`${collection}/${id}`] ?? before?.version ?? 1,
  })
  const drafted = new Map(draft.variants.map((variant) => [variant.id, variant]))
  const stored = new Map(state?.variants.map((variant) => [variant.id, variant]))
  const { product, publication } = draft
  return {
    product: as(products.name, product.id, product, state?.product),
    variants: product.variants.flatMap((id) => {
      const body = drafted.get(id) ?? stored.get(id)?.body
      return body === undefined ? [] : [as(variants.name, id, body, stored.get(id))]
    }),
    prices: new Map([
      ...(state?.prices ?? []),
      ...[...draft.prices].map(([id, prices]) => {
        return [id, as(variantPrices.name, id, { variantId: id, prices }, state?.prices.get(id))] as const
      }),
    ]),
    publication: publication === null ? null : as(publications.name, product.id, publication, state?.publication),
  }
}

/** What a broken unique key means to the caller. */
function uniqueTaken(
  draft: ProductDraft,
  { conflict, changes, isSlugChosen }: { conflict: Conflict; changes: readonly Change[]; isSlugChosen: boolean },
): BursarError | 'again' {
  const change = changes[conflict.change]
  if (conflict.why !== 'unique' || change === undefined || !('in' in change)) return 'again'
  if (change.in === products.name && conflict.key === 'externalId') return taken('externalId')
  if (change.in === variants.name && conflict.key === 'externalId') {
    const index = draft.variants.findIndex((variant) => variant.id === change.id)
    return taken(`variants.${Math.max(0, index)}.externalId`)
  }
  return change.in === publications.name && conflict.key === 'slug' && isSlugChosen
    ? taken('publication.slug')
    : 'again'
}

/** What every write of a product reads of itself and of what prices are made of. */
export async function readForWrite(ports: AdminPorts, call: Call, write: AuditedWrite) {
  const [pricing, ...state] = await readAll(
    ports.storage,
    call.scope,
    byId(pricingVersions, PRICING_VERSION_ID),
    ...writeRefs(write),
  )
  return { pricing, ...writtenBefore(call, state) }
}

/** A product of the operator. @throws BursarError `not_found` */
export async function openProduct(ports: AdminPorts, call: Call, productId: string): Promise<ProductState> {
  const state = await readProductState(ports.storage, call, productId)
  if (state === null) throw new BursarError('not_found')
  return state
}
