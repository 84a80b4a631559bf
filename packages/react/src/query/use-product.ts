import type { GetProductInput, ProductView } from '@bursar/core/client'
import { useQuery } from '@tanstack/react-query'
import { useBursar } from '../index.ts'
import { productOptions } from './query-options.ts'
import { type ReadState, readState } from './read-state.ts'

/** A product by id or slug. One that is not on this site is `status: 'error'` with the code `not_found`. */
export function useProduct(
  idOrSlug: string,
  options: Omit<GetProductInput, 'idOrSlug'> = {},
): ReadState<'products.get', { readonly product: ProductView }> {
  return readState(useQuery(productOptions(useBursar(), { idOrSlug, ...options })), (product) => ({ product }))
}
