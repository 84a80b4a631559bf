/** What a member of the operator's staff may do, at one site or at all of the operator's (`site` absent). */
export interface StaffRole {
  role: 'admin' | 'catalog' | 'marketing' | 'support' | 'finance' | 'reader'
  /** The site that the role is limited to; absent means all sites of the operator. */
  site?: string | undefined
}

/** Somebody without an account: knows at most a cart by its token. */
export interface ShopperPrincipal {
  type: 'shopper'
  /** Site id. */
  site: string
  /** Secret that opens one anonymous cart. */
  cartToken?: string | undefined
}

/** A signed-in customer, known by the id that the host gave. */
export interface CustomerPrincipal {
  type: 'customer'
  /** Site id. */
  site: string
  /** The customer's id at the host (an LMS's user id), 1 to 200 characters. Never stored outside the personal collection. */
  customerId: string
  /** Ids of the organisations that the host vouches for. */
  organisations?: readonly string[] | undefined
  /** Secret of an anonymous cart that the customer still carries, to be merged. */
  cartToken?: string | undefined
}

/** A member of the operator's staff. */
export interface StaffPrincipal {
  type: 'staff'
  /** Site id: the site through which the operator is found; rights come from `roles`. */
  site: string
  /** Opaque id of the person at the operator, 1 to 200 characters. */
  staffId: string
  /** What they may do, and where. */
  roles: readonly StaffRole[]
}

/** What a service may do. `shop`: price and buy for a named customer; `admin`: as staff with the role admin; `read`: as reader. */
export type ServiceScope = 'shop' | 'admin' | 'read'

/** A machine, such as an LMS's server: acts for itself or for a named customer; the audit names both. */
export interface ServicePrincipal {
  type: 'service'
  /** Site id. */
  site: string
  /** Opaque id of the service (its API key's id), 1 to 200 characters. */
  serviceId: string
  /** What it may do. */
  scopes: readonly ServiceScope[]
  /** The customer's id at the host for whom it acts, 1 to 200 characters. */
  actingFor?: string | undefined
  /** Secret of an anonymous cart that it handles. */
  cartToken?: string | undefined
}

/** Bursar's own jobs and the operator's command line. */
export interface SystemPrincipal {
  type: 'system'
  /** Site id. */
  site: string
}

/** Who calls an operation. There is no default: what names nobody may do nothing. */
export type Principal = ShopperPrincipal | CustomerPrincipal | StaffPrincipal | ServicePrincipal | SystemPrincipal

/** The words that a route uses to say who may call it. */
export type Caller = 'shopper' | 'customer' | 'service' | 'system' | `staff:${StaffRole['role']}`
