import type { ListProductsInput, PageOf, ProductView } from '@bursar/core/client'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useBursar } from '../index.ts'
import { productsOptions } from './query-options.ts'
import { type ReadState, readState } from './read-state.ts'

/** The products that were loaded so far. */
export interface LoadedProducts {
  /** In the site's order, or by how well they answer the search. */
  readonly products: readonly ProductView[]
  /** Are there more? */
  readonly hasMore: boolean
  /** Is the next page under way? */
  readonly isLoadingMore: boolean
  /** Loads the next page; does nothing where there is none. */
  readonly loadMore: () => void
}

/** Published products, page by page. While another search is under way, the last one stays, marked `isStale`. */
export function useProducts(input: Omit<ListProductsInput, 'cursor'> = {}): ReadState<'products.list', LoadedProducts> {
  const options = productsOptions(useBursar(), input)
  const [, site, , , client] = options.queryKey
  const result = useInfiniteQuery({
    ...options,
    placeholderData: (previous, query) =>
      query?.queryKey[1] === site && query.queryKey[4] === client ? previous : undefined,
    select: listOf,
  })
  const { hasNextPage: hasMore, isFetchingNextPage: isLoadingMore } = result
  const loadMore = () => {
    if (hasMore && !isLoadingMore) void result.fetchNextPage()
  }
  return readState(result, (products) => ({ products, hasMore, isLoadingMore, loadMore }))
}

/** A product that moved between two pages while they were fetched is shown once. */
function listOf({ pages }: { pages: readonly PageOf<ProductView>[] }): readonly ProductView[] {
  return [...new Map(pages.flatMap(({ items }) => items.map((item) => [item.id, item] as const))).values()]
}
