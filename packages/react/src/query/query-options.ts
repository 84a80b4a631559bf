import {
  type CommerceClient,
  type CommerceOperationName,
  createQuotesBatcher,
  type ListProductsInput,
  type OperationInput,
  type QuoteLineInput,
  type QuotePlace,
  type QuotesBatcher,
} from '@bursar/core/client'
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { isWorthAnotherTry } from './read-state.ts'

/** Which shop is read. */
export interface ReadFrom {
  /** The client. */
  client: CommerceClient
  /** Site id, as the provider was given it. @default 'default' */
  site?: string | undefined
}

/** What every read shares. An answer counts as fresh for half a minute; only what may succeed later is asked again. */
const shared = {
  staleTime: 30_000,
  retry: (failures: number, error: Error) => failures < 3 && isWorthAnotherTry(error),
} as const

/** `['bursar', site, operation, input]`: invalidate `['bursar']` after a sign-in, for prices may be the customer's own. */
const keyOf = <Name extends CommerceOperationName>(from: ReadFrom, name: Name, input: OperationInput<Name>) =>
  ['bursar', from.site ?? 'default', name, input] as const

/** The site: for `useQuery` and `prefetchQuery`. */
export const siteOptions = (from: ReadFrom) =>
  queryOptions({
    ...shared,
    queryKey: keyOf(from, 'site.get', {}),
    queryFn: ({ signal }) => from.client.site.get({}, { signal }),
  })

/** One product by id or slug. */
export const productOptions = (from: ReadFrom, input: OperationInput<'products.get'>) =>
  queryOptions({
    ...shared,
    queryKey: keyOf(from, 'products.get', input),
    queryFn: ({ signal }) => from.client.products.get(input, { signal }),
  })

/** Products, page by page: for `useInfiniteQuery` and `prefetchInfiniteQuery`. */
export const productsOptions = (from: ReadFrom, input: Omit<ListProductsInput, 'cursor'> = {}) =>
  infiniteQueryOptions({
    ...shared,
    queryKey: keyOf(from, 'products.list', input),
    queryFn: ({ signal, pageParam }) =>
      from.client.products.list(pageParam === null ? input : { ...input, cursor: pageParam }, { signal }),
    initialPageParam: null as string | null,
    getNextPageParam: ({ nextCursor }) => nextCursor,
  })

/** The price of one line as if alone. With a batcher, those of a page become one request. */
export const quoteOptions = (
  from: ReadFrom & { batcher?: QuotesBatcher },
  line: QuoteLineInput,
  place: QuotePlace = {},
) =>
  queryOptions({
    ...shared,
    queryKey: keyOf(from, 'quotes.create', { lines: [line], ...place }),
    queryFn: () => (from.batcher ?? createQuotesBatcher(from)).quote(line, place),
  })
