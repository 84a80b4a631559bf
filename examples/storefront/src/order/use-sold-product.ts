import type { ProductView } from '@bursar/core/client'
import { useProduct } from '@bursar/react/query'

/** The product of an order's line as it is now, for its picture; null where it is not there or no longer sold. */
export function useSoldProduct(productId: string): ProductView | null {
  const read = useProduct(productId)
  return read.status === 'ready' ? read.product : null
}
