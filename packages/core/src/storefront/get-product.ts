import { type GetProductInput, type ProductView, products, publications } from '../catalog/index.ts'
import { BursarError } from '../errors/index.ts'
import type { Call } from '../ports/index.ts'
import { byId, byKey, readAll } from '../storage/index.ts'
import { isWithin } from '../time/index.ts'
import { openShelf, readShelf } from './open-shelf.ts'
import { productViews } from './product-views.ts'
import type { StorefrontPorts } from './storefront-ports.ts'

/**
 * One product of the site by its id or slug.
 * @throws BursarError `not_found` for one that is not on this site now, `currency_not_offered`, `site_unknown`
 */
export async function getProduct(ports: StorefrontPorts, call: Call, input: GetProductInput): Promise<ProductView> {
  const opened = await readShelf(ports, call, [
    byId(publications, input.idOrSlug),
    byKey(publications, 'slug', input.idOrSlug),
  ])
  const shelf = await openShelf(call, opened, input.currency)
  const publication = opened.found.find((stored) => stored !== null)?.body ?? null
  if (publication === null || !isWithin(publication, call.now)) throw new BursarError('not_found')
  const [stored] = await readAll(ports.storage, call.scope, byId(products, publication.productId))
  if (stored === null || stored.body.status === 'archived') throw new BursarError('not_found')
  const [view] = await productViews(ports, call, shelf, [{ product: stored.body, publication }])
  if (view === undefined) throw new BursarError('not_found')
  return view
}
