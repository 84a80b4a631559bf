import {
  type CommerceClient,
  type CommerceOperationName,
  createQuotesBatcher,
  type ListProductsInput,
  type OperationInput,
  type OperationOptions,
  type OperationOutput,
  type QuoteLineInput,
  type QuotePlace,
  type QuotesBatcher,
} from '@bursar/core/client'
import type * as Query from '@tanstack/react-query'
import { onceBy } from '../once-by.ts'
import { readOf, type Snapshot } from '../snapshot.ts'
import { isWorthAnotherTry } from './read-state.ts'

// Query's own two, which do nothing but say types: on a server these reads need neither Query nor React.
const queryOptions = ((options: unknown) => options) as typeof Query.queryOptions
const infiniteQueryOptions = ((options: unknown) => options) as typeof Query.infiniteQueryOptions

/** Which shop is read. */
export interface ReadFrom {
  /** The client. */
  client: CommerceClient
  /** Site id, as the provider was given it. @default 'default' */
  site?: string | undefined
  /** What the server fetched, as the provider was given it: such a read is there at once. */
  initial?: Snapshot | undefined
}

/** The site: for `useQuery` and `prefetchQuery`. */
export const siteOptions = (from: ReadFrom) =>
  readOptions(from, 'site.get', {}, from.client.site.get, () => from.initial?.site)

/** One product by id or slug. */
export const productOptions = (from: ReadFrom, input: OperationInput<'products.get'>) =>
  readOptions(from, 'products.get', input, from.client.products.get)

/** Products, page by page: for `useInfiniteQuery` and `prefetchInfiniteQuery`. */
export const productsOptions = (from: ReadFrom, input: Omit<ListProductsInput, 'cursor'> = {}) =>
  infiniteQueryOptions({
    ...shared(from, 'products.list', input),
    queryFn: ({ signal, pageParam }) =>
      from.client.products.list({ ...input, cursor: pageParam ?? undefined }, { signal }),
    initialPageParam: null as string | null,
    getNextPageParam: ({ nextCursor }) => nextCursor,
    initialData() {
      const page = readOf(from.initial, 'products.list', input)
      return page && { pages: [page], pageParams: [null] }
    },
  })

/** The price of one line as if alone. With a batcher, those of a page become one request. */
export const quoteOptions = (
  from: ReadFrom & { batcher?: QuotesBatcher },
  line: QuoteLineInput,
  place: QuotePlace = {},
) =>
  queryOptions({
    ...shared(from, 'quotes.create', { lines: [line], ...place }),
    queryFn: () => (from.batcher ?? createQuotesBatcher(from)).quote(line, place),
  })

const readOptions = <Name extends CommerceOperationName>(
  from: ReadFrom,
  name: Name,
  input: OperationInput<Name>,
  read: (input: OperationInput<Name>, options: OperationOptions) => Promise<OperationOutput<Name>>,
  initialData: () => OperationOutput<Name> | undefined = () => readOf(from.initial, name, input),
) =>
  queryOptions({
    ...shared(from, name, input),
    queryFn: ({ signal }) => read(input, { signal }),
    initialData,
  })

/**
 * What every read shares. Its key is `['bursar', site, operation, input]`, and of each further client of a site its number:
 * invalidate `['bursar']` after a sign-in, for prices may be the customer's own. An answer counts as fresh for half a
 * minute; only what may succeed later is asked again.
 */
const shared = <Name extends CommerceOperationName>(from: ReadFrom, name: Name, input: OperationInput<Name>) => ({
  queryKey: ['bursar', from.site ?? 'default', name, input, ...numberOf(from)] as const,
  staleTime: 30_000,
  initialDataUpdatedAt: () => from.initial?.fetchedAt,
  retry: (failures: number, error: Error) => failures < 3 && isWorthAnotherTry(error),
})

/** The clients that each site has had, by their number. */
const clients = /* @__PURE__ */ new Map<string, { count: number; numbers: WeakMap<CommerceClient, number> }>()

/**
 * What parts a client's answers from those of others at its site. The first has nothing, so that what a server or a loader
 * prefetched is found under its key; on a server each request has its own client, and its own `QueryClient` too.
 */
function numberOf({ client, site = 'default' }: ReadFrom): readonly number[] {
  if (!('window' in globalThis)) return []
  const known = onceBy(clients, site, () => ({ count: 0, numbers: new WeakMap() }))
  const number = onceBy(known.numbers, client, () => known.count++)
  return number ? [number] : []
}
