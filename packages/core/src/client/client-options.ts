/** A secret, or a function that says it at each request, so that it can change. */
export type Secret = string | (() => string | null | undefined)

/** Makes a request: `fetch`, or what behaves like it. */
export type Send = (address: string, init: RequestInit) => Promise<Response>

/** Where a remote client finds its server, and who it says that it is. It remembers nothing of its own. */
export interface ClientOptions {
  /** Address under which the API is mounted, such as `https://shop.example.org` or, in a page, `/shop`. */
  baseUrl: string
  /** Makes the requests. @default the platform's */
  fetch?: Send | undefined
  /** Site id, where the host name alone does not say it. */
  site?: string | undefined
  /** The token of an anonymous cart, as `carts.create` gave it. */
  cartToken?: Secret | undefined
  /** A JWT or an API key. May be fetched anew at each request; where that fails, the error is `unavailable`. */
  token?: string | (() => string | null | undefined | Promise<string | null | undefined>) | undefined
  /** Further headers of every request. */
  headers?: { readonly [name: string]: string } | undefined
  /** Milliseconds to wait for a whole answer; then the error is `unavailable`, and nobody knows what happened. @default 30,000 */
  timeoutMs?: number | undefined
}
