import type { ListProductsInput, PageOf, ProductView } from '@bursar/core/client'
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { useBursar } from '../scope.ts'
import { readOf } from '../snapshot.ts'
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
  const scope = useBursar()
  const result = useInfiniteQuery({
    ...productsOptions(scope, input),
    initialData: () => firstPage(readOf(scope.initial, 'products.list', input)),
    placeholderData: keepPreviousData,
  })
  const pages = result.data?.pages
  const products = useMemo(() => listOf(pages ?? []), [pages])
  const { hasNextPage: hasMore, isFetchingNextPage: isLoadingMore } = result
  const loadMore = () => {
    if (hasMore && !isLoadingMore) void result.fetchNextPage()
  }
  return readState(result, () => ({ products, hasMore, isLoadingMore, loadMore }))
}

const firstPage = (page: PageOf<ProductView> | undefined) => page && { pages: [page], pageParams: [null] }

/** A product that moved between two pages while they were fetched is shown once. */
function listOf(pages: readonly PageOf<ProductView>[]): readonly ProductView[] {
  return [...new Map(pages.flatMap(({ items }) => items.map((item) => [item.id, item] as const))).values()]
}
