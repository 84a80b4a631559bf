import type {
  CartWithQuote,
  CommerceOperationName,
  OperationInput,
  OperationOutput,
  SiteView,
} from '@bursar/core/client'

/**
 * What a server fetched before it rendered: plain JSON, made by `prefetch` of `@bursar/react/server`, for `initial` of
 * `BursarProvider`. Server and page give the very same, or the page first renders something else than the server did.
 */
export interface Snapshot {
  /** When it was fetched, milliseconds since 1970: what is old is shown and asked for anew. @default now */
  readonly fetchedAt?: number | undefined
  /** The shopper's cart and its price. */
  readonly cart?: CartWithQuote | undefined
  /** The site: its locale and zone are the provider's. */
  readonly site?: SiteView | undefined
  /** Other answers by operation and input, as {@link readKey} writes them. */
  readonly reads?: { readonly [key: string]: unknown } | undefined
}

/** Under which name a snapshot keeps the answer of a read. Members that are undefined count as absent. */
export function readKey<Name extends CommerceOperationName>(name: Name, input: OperationInput<Name>): string {
  return `${name} ${JSON.stringify(input, Object.keys(input).sort())}`
}

/** The answer that a snapshot has, or undefined. */
export function readOf<Name extends CommerceOperationName>(
  snapshot: Snapshot | undefined,
  name: Name,
  input: OperationInput<Name>,
): OperationOutput<Name> | undefined {
  return snapshot?.reads?.[readKey(name, input)] as OperationOutput<Name> | undefined // prefetch wrote it under that name
}

/** What of a snapshot is the same for everybody: the site. */
export function impersonal({ fetchedAt, site }: Snapshot): Snapshot {
  return { fetchedAt, site }
}
