import type { AdminPorts } from '../catalog/index.ts'
import { BursarError } from '../errors/index.ts'
import { type PaymentAccount, paymentAccounts } from '../payment/index.ts'
import type { Call, Principal } from '../ports/index.ts'
import { priceLists } from '../pricing/index.ts'
import { type NewSite, type Site, SYSTEM_SCOPE, sellers, siteKind } from '../site/index.ts'
import { byId, type NamedRecord, type RecordUpdate, type VersionedRecord } from '../storage/index.ts'
import { NOT_THERE } from './named-records.ts'
import { createRecord, updateRecord } from './records.ts'
import { claimAddresses, releaseAddresses } from './site-addresses.ts'

/** How an operator's sites are made and checked. */
export function siteKindOf(call: Call): ReturnType<typeof siteKind> {
  const { operator } = call.scope
  return siteKind((site): NamedRecord[] => [
    { path: 'seller', ref: byId(sellers, site.seller) },
    ...site.priceLists.map((id, index) => ({ path: `priceLists.${index}`, ref: byId(priceLists, id) })),
    ...site.paymentAccounts.map((id, index) => ({
      path: `paymentAccounts.${index}`,
      ref: byId(paymentAccounts, id),
      scope: SYSTEM_SCOPE,
      // What stands in the collection is its type.
      refuse: (body: unknown) => refuseAccount(body as PaymentAccount, { operator, seller: site.seller }),
    })),
  ])
}

/** Money goes to who sells: the books of a site are its seller's. */
function refuseAccount(account: PaymentAccount, { operator, seller }: { operator: string; seller: string }) {
  if (account.operator !== operator) return NOT_THERE
  return account.seller === seller ? null : `is an account of the seller ${account.seller}, and ${seller} sells here`
}

/**
 * Makes a site. Its id and host names are unique over all operators. It can be called through a site that is not there
 * yet, so that an operator's first one can be made.
 * @throws BursarError `invalid_input`, `unique_taken` with the member
 */
export function createSite(ports: AdminPorts, call: Call, input: NewSite): Promise<VersionedRecord<Site>> {
  const before = (site: Site) => claimAddresses(ports, call, site)
  return createRecord(ports, call, siteKindOf(call), input, { before })
}

/**
 * Changes a site. Host names that it gains lead to it before it is stored, those that it loses are freed afterwards.
 * Staff whose role ends at one site change that site only.
 * @throws BursarError `forbidden`, `not_found`, `version_conflict`, `invalid_input`, `unique_taken` with the member
 */
export async function updateSite(
  ports: AdminPorts,
  call: Call,
  input: RecordUpdate<Site>,
): Promise<VersionedRecord<Site>> {
  if (!isAdminAt(call.principal, input.id)) throw new BursarError('forbidden')
  const before = (site: Site) => claimAddresses(ports, call, site)
  const answer = await updateRecord(ports, call, siteKindOf(call), input, { before })
  await releaseAddresses(ports, call, input.id)
  return answer
}

function isAdminAt(principal: Principal, site: string): boolean {
  if (principal.type !== 'staff') return true
  return principal.roles.some((held) => held.role === 'admin' && (held.site === undefined || held.site === site))
}
