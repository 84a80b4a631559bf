import type { Call, Change, Runtime, Storage, Stored } from '../ports/index.ts'
import { addresses, hostAddress, type Site, type SiteAddress, SYSTEM_SCOPE, siteAddress, sites } from '../site/index.ts'
import { byId, decide, insert, listAll, put, readAll, remove } from '../storage/index.ts'
import { taken } from './records.ts'

interface AddressPorts {
  storage: Storage
  runtime: Runtime
}

/**
 * Makes the site's id and host names lead to it. It is done before the site is stored, so that no stored site is without
 * them; what a crash leaves behind leads to a site that is not there, and can be claimed again by the same operator.
 * @throws BursarError `unique_taken` for an id or a host name of another site
 */
export function claimAddresses(ports: AddressPorts, call: Call, site: Site): Promise<void> {
  return decide(ports, SYSTEM_SCOPE, async () => {
    const wanted = addressesOf(site)
    const found = await readAll(ports.storage, SYSTEM_SCOPE, ...wanted.map(({ id }) => byId(addresses, id)))
    const changes: Change[] = []
    for (const [index, { id, path }] of wanted.entries()) {
      const body: SiteAddress = { id, operator: call.scope.operator, site: site.id }
      const owner = found[index] ?? null
      if (owner === null) changes.push(insert(addresses, id, body))
      else if (owner.body.operator !== body.operator) throw taken(path)
      else if (owner.body.site !== site.id) {
        if (await isUsed(ports, owner.body)) throw taken(path)
        changes.push(put(addresses, owner, body))
      }
    }
    return changes.length === 0 ? { answer: undefined } : { changes, done: () => undefined }
  })
}

/** Frees the host names that lead to a site and are no longer its own. After the site is stored; a repeat heals. */
export function releaseAddresses(ports: AddressPorts, call: Call, siteId: string): Promise<void> {
  return decide(ports, SYSTEM_SCOPE, async () => {
    const equals = [call.scope.operator, siteId]
    const leading = await listAll(ports.storage, SYSTEM_SCOPE, addresses, { index: 'site', equals })
    const [site] = await readAll(ports.storage, call.scope, byId(sites, siteId))
    if (site === null) return { answer: undefined }
    const own = new Set(addressesOf(site.body).map(({ id }) => id))
    const stale = leading.filter((address: Stored<SiteAddress>) => !own.has(address.id))
    const changes = stale.map((address) => remove(addresses, address))
    return changes.length === 0 ? { answer: undefined } : { changes, done: () => undefined }
  })
}

function addressesOf(site: Site): { id: string; path: string }[] {
  const hosts = site.hosts.map((host, index) => ({ id: hostAddress(host), path: `hosts.${index}` }))
  return [{ id: siteAddress(site.id), path: 'id' }, ...hosts]
}

/** Does the site to which an address of this operator leads exist and want it? */
async function isUsed({ storage }: AddressPorts, address: SiteAddress): Promise<boolean> {
  const [site] = await readAll(storage, { operator: address.operator }, byId(sites, address.site))
  return site !== null && addressesOf(site.body).some(({ id }) => id === address.id)
}
