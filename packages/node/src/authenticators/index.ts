export { jwtAuthenticator } from './jwt-authenticator.ts'
export { type JwtDiscountsOptions, jwtDiscounts } from './jwt-discounts.ts'
export type { JsonWebKeySet, JwtAuthenticatorOptions, JwtClaims, JwtKeys } from './jwt-options.ts'
export { type SessionLookup, sessionAuthenticator } from './session-authenticator.ts'
