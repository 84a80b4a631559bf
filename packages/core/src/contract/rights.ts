import type { Principal, ServicePrincipal, ServiceScope, StaffPrincipal } from '../ports/index.ts'
import type { Route } from './route.ts'

/** What {@link mayCall} says: `unauthenticated` is want of a sign-in (401), `forbidden` anything else (403). */
export type MayCall = 'yes' | 'unauthenticated' | 'forbidden'

/** Scopes that contain others. `shop` and `read` contain nothing but themselves. */
const CONTAINS: { readonly [scope in ServiceScope]: readonly ServiceScope[] } = {
  admin: ['admin', 'read', 'shop'],
  read: ['read'],
  shop: ['shop'],
}

/**
 * May this principal call the operation at all? Pure. Whether a record is theirs is asked where the record is read, and a
 * record that is not theirs is not found.
 *
 * The default right is nobody's: who is not in `route.who` may not. Staff need one of their roles that holds at the
 * site of the call, or at all sites where the route's reach is the operator; a service needs the route's scope, and somebody to act for where only customers may call.
 */
export function mayCall(route: Pick<Route, 'who' | 'scope' | 'reach'>, principal: Principal): MayCall {
  switch (principal.type) {
    case 'shopper':
      return route.who.includes('shopper') ? 'yes' : 'unauthenticated'
    case 'customer':
    case 'system':
      return route.who.includes(principal.type) ? 'yes' : 'forbidden'
    case 'staff':
      return staffMay(route, principal) ? 'yes' : 'forbidden'
    case 'service':
      return serviceMay(route, principal) ? 'yes' : 'forbidden'
    default:
      return principal satisfies never
  }
}

function staffMay({ who, reach = 'site' }: Pick<Route, 'who' | 'reach'>, { roles, site }: StaffPrincipal): boolean {
  return roles.some((held) => {
    const isWide = held.site === undefined || (reach === 'site' && held.site === site)
    return isWide && who.includes(`staff:${held.role}`)
  })
}

function serviceMay({ who, scope = 'shop' }: Pick<Route, 'who' | 'scope'>, service: ServicePrincipal): boolean {
  if (!who.includes('service') || !service.scopes.some((held) => CONTAINS[held].includes(scope))) return false
  const needsCustomer = who.includes('customer') && !who.includes('shopper')
  return !needsCustomer || service.actingFor !== undefined
}
