import { type AdminPorts, type Product, type PublicationRecord, publications, shownBy } from '../catalog/index.ts'
import type { Call, Change, Stored } from '../ports/index.ts'
import { PRICING_VERSION_ID, pricingChange, pricingVersions } from '../pricing/index.ts'
import { sites } from '../site/index.ts'
import { byId, decide, isSame, listAll, put, readAll, remove } from '../storage/index.ts'
import { PRICING_PAUSE } from './pricing-pause.ts'

/** Pauses of all sites together, milliseconds: somebody waits for the answer. */
const ALL_PAUSES = 2000

/**
 * Brings a product's publications on the operator's other sites up to date: what shoppers find it by, or, for an
 * archived one, away with them. Each site is a commit of its own, after that of the product; a repeat of the operation
 * does what a crash left out, and until then nothing is sold that should not be, for prices read the product itself.
 */
export async function syncPublications(ports: AdminPorts, call: Call, product: Product): Promise<void> {
  const { operator, site: own } = call.scope
  const all = await listAll(ports.storage, call.scope, sites, { index: 'id' })
  const pause = Math.min(PRICING_PAUSE, Math.floor(ALL_PAUSES / all.length))
  let isChanged = false
  for (const { id: site } of all) {
    if (site === own) continue
    if (isChanged) await ports.runtime.sleep(pause)
    isChanged = await syncOne(ports, { operator, site }, product)
  }
}

/** Answers whether there was anything to do. */
function syncOne(ports: AdminPorts, scope: { operator: string; site: string }, product: Product): Promise<boolean> {
  return decide(ports, scope, async () => {
    const [stored, pricing] = await readAll(
      ports.storage,
      scope,
      byId(publications, product.id),
      byId(pricingVersions, PRICING_VERSION_ID),
    )
    const change = stored === null ? null : changeOf(stored, product)
    if (change === null) return { answer: false }
    const version = pricingChange(ports.runtime, pricing, [`${scope.site}:${product.id}`])
    return { changes: [change, version], done: () => true }
  })
}

function changeOf(stored: Stored<PublicationRecord>, product: Product): Change | null {
  if (product.status === 'archived') return remove(publications, stored)
  const next = { ...stored.body, ...shownBy(product) }
  return isSame(stored.body, next) ? null : put(publications, stored, next)
}
