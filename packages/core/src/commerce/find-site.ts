import { BursarError } from '../errors/index.ts'
import type { Runtime, Storage } from '../ports/index.ts'
import { PRICING_VERSION_ID, type PriceBooks, pricingVersions } from '../pricing/index.ts'
import { addresses, hostAddress, type SiteAddress, SYSTEM_SCOPE, siteAddress } from '../site/index.ts'
import { BoundedMap, byId, readAll } from '../storage/index.ts'
import { addMilliseconds, type Instant } from '../time/index.ts'
import type { RequestFacts, ResolvedSite } from './commerce.ts'

/** A host name can be moved to another site, and origins change: what was found is believed for so long only, in milliseconds. */
const BELIEVED_FOR = 5000
/** Addresses kept; a visitor who invents host names must not fill the memory. */
const MAXIMUM_KEPT = 10_000

/** Finds operators and sites from what requests and principals name. */
export interface SiteFinder {
  /** The site of a request, by the `Bursar-Site` header, else by the exact host name, as it was five seconds ago or later. @throws BursarError `site_unknown` */
  ofRequest(request: RequestFacts): Promise<ResolvedSite>
  /** Where a site id is found. @throws BursarError `site_unknown` */
  ofId(site: string): Promise<{ operator: string; site: string }>
}

/** Makes the finder. */
export function createSiteFinder(ports: { storage: Storage; runtime: Runtime; books: PriceBooks }): SiteFinder {
  const kept = new BoundedMap<string, { address: SiteAddress; until: Instant }>(MAXIMUM_KEPT)

  async function find(id: string): Promise<SiteAddress> {
    const now = ports.runtime.now()
    const known = kept.get(id)
    // Later than any that is set: a clock that was ahead is right again.
    const isBelieved = known !== undefined && now < known.until && known.until <= addMilliseconds(now, BELIEVED_FOR)
    if (isBelieved) return known.address
    const [[stored]] = await Promise.all([
      readAll(ports.storage, SYSTEM_SCOPE, byId(addresses, id)),
      known === undefined ? null : syncBook(known.address.operator),
    ])
    kept.delete(id)
    if (stored === null) throw new BursarError('site_unknown')
    kept.set(id, { address: stored.body, until: addMilliseconds(now, BELIEVED_FOR) })
    return stored.body
  }

  /** What another process changed of the sites: pages that an old list of origins refuses call nothing that would see it. */
  async function syncBook(operator: string): Promise<void> {
    const [pricing] = await readAll(ports.storage, { operator }, byId(pricingVersions, PRICING_VERSION_ID))
    ports.books.of(operator).sync(pricing)
  }

  return {
    async ofRequest(request) {
      const named = request.header('bursar-site')
      const { operator, site } = await find(named === null ? hostAddress(request.host) : siteAddress(named))
      const whole = await ports.books.of(operator).whole()
      return { operator, site, origins: whole.sites.get(site)?.origins ?? [] }
    },
    async ofId(id) {
      const { operator, site } = await find(siteAddress(id))
      return { operator, site }
    },
  }
}
