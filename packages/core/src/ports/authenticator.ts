import type { Principal } from './principal.ts'

/** What an authenticator is shown of a request. */
export interface AuthenticationRequest {
  /** A header's value by its lower-case name, or null. */
  header(name: string): string | null
  /** The site that the request was made to. */
  readonly site: { readonly operator: string; readonly site: string }
}

/** `none`: this request carries nothing for this authenticator, ask the next; `refused`: it does, and it is wrong. */
export type AuthenticationAnswer =
  | { outcome: 'principal'; principal: Principal }
  | { outcome: 'none' }
  | { outcome: 'refused'; reason: string }
  | { outcome: 'unavailable'; reason: string }

/** Says who makes a request. Asked in the order in which the host lists them; the first that does not say `none` decides. */
export interface Authenticator {
  /** A short name for logs. */
  readonly name: string
  /** Must not throw for bad credentials: that is `refused`. Idempotent, without effects. */
  authenticate(request: AuthenticationRequest): Promise<AuthenticationAnswer>
}
