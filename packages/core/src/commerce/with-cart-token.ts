import type { Principal } from '../ports/index.ts'

/** The principal with the secret of an anonymous cart, where it is one that may hold it. */
export function withCartToken(principal: Principal, token: string | null | undefined): Principal {
  if (token == null || principal.type === 'staff' || principal.type === 'system') return principal
  return { ...principal, cartToken: token }
}
