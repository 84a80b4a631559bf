import { type PaymentAccount, paymentAccounts } from '../payment/index.ts'
import type { Call } from '../ports/index.ts'
import { type PaymentMethodView, type Site, type SiteView, SYSTEM_SCOPE } from '../site/index.ts'
import { byId, readAll } from '../storage/index.ts'
import { openShelf, readShelf } from './open-shelf.ts'
import type { StorefrontPorts } from './storefront-ports.ts'

/** The site of the call as shoppers see it. @throws BursarError `site_unknown` */
export async function getSite(ports: StorefrontPorts, call: Call): Promise<SiteView> {
  const { site } = await openShelf(call, await readShelf(ports, call), undefined)
  const { id, name, currencies, locales, timeZone, priceBasis, allowsGuests, requiredConsents, theme } = site
  const methods = await paymentMethods(ports, call, site)
  return {
    ...{ id, name, currencies, locales, timeZone, priceBasis, allowsGuests, requiredConsents, theme },
    paymentMethods: methods,
  }
}

/** Accounts that the site names, in its order, of which checkout could use one: active, with a processor, in a currency of the site's. */
async function paymentMethods(ports: StorefrontPorts, call: Call, site: Site): Promise<PaymentMethodView[]> {
  const refs = site.paymentAccounts.map((id) => byId(paymentAccounts, id))
  const found = await readAll(ports.storage, SYSTEM_SCOPE, ...refs)
  return found.flatMap((stored) => {
    if (stored === null || stored.body.operator !== call.scope.operator) return []
    const currencies = offeredCurrencies(ports, site, stored.body)
    const { id, title, processor, mode } = stored.body
    return currencies.length === 0 ? [] : [{ account: id, title, processor, mode, currencies }]
  })
}

function offeredCurrencies(ports: StorefrontPorts, site: Site, account: PaymentAccount): readonly string[] {
  const processor = Object.hasOwn(ports.payments, account.processor) ? ports.payments[account.processor] : undefined
  if (processor === undefined || account.status !== 'active') return []
  const taken = processor.capabilities.currencies
  return account.currencies.filter((currency) => {
    return site.currencies.includes(currency) && (taken === 'any' || taken.includes(currency))
  })
}
