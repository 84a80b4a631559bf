import type { Principal, StaffRole } from '@bursar/core'
import type { JwtClaims } from './jwt-options.ts'

const ROLES: readonly string[] = ['admin', 'catalog', 'marketing', 'support', 'finance', 'reader']

/** Who a token's claims say it is, at a site; a string says what is wrong with them. */
export function jwtPrincipal(
  payload: Readonly<Record<string, unknown>>,
  names: JwtClaims,
  site: string,
): Principal | string {
  const id = payload[names.id ?? 'sub']
  if (!isId(id)) return 'names nobody'
  const roles = payload[names.roles ?? 'bursar_roles']
  // An issuer that writes the claim into every token says by an empty list that somebody is no staff.
  const hasRoles = roles !== undefined && !(Array.isArray(roles) && roles.length === 0)
  if (hasRoles) return staff(id, roles, site)
  const organisations = payload[names.organisations ?? 'bursar_organisations']
  if (organisations === undefined) return { type: 'customer', site, customerId: id }
  if (!isTexts(organisations)) return 'holds organisations that are no list of ids'
  return { type: 'customer', site, customerId: id, organisations }
}

function staff(staffId: string, claim: unknown, site: string): Principal | string {
  if (!isTexts(claim)) return 'holds roles that are no list of names'
  const roles = claim.map(roleOf)
  // A role that we do not know must not make the others guesswork: the issuer's settings are wrong.
  const unknown = roles.indexOf(null)
  if (unknown !== -1) return `holds the unknown role ${JSON.stringify(claim[unknown])}`
  return { type: 'staff', site, staffId, roles: roles.filter((role) => role !== null) }
}

/** `support` at every site of the operator, `support@sit_books` at one. */
function roleOf(text: string): StaffRole | null {
  const [role = '', site, more] = text.split('@')
  if (!isRole(role) || site === '' || more !== undefined) return null
  return site === undefined ? { role } : { role, site }
}

/** Blank ones would be one account of all who have none, and what no storage keeps is nobody's. */
const isId = (id: unknown): id is string =>
  typeof id === 'string' && id.length <= 200 && id.trim() !== '' && id.isWellFormed() && !id.includes('\0')

const isRole = (role: string): role is StaffRole['role'] => ROLES.includes(role)

const isTexts = (claim: unknown): claim is readonly string[] =>
  Array.isArray(claim) && claim.every((item) => typeof item === 'string')
