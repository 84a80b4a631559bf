import type { ProductView, QuoteLine, VariantView } from '@bursar/core/client'
import { useBursar } from '@bursar/react'
import { productOptions } from '@bursar/react/query'
import { useQuery } from '@tanstack/react-query'

/** The product and variant of a priced line: its picture, its title, how many one may take. Null until they are there. */
export function useSoldVariant(line: QuoteLine | null): { product: ProductView; variant: VariantView } | null {
  const options = productOptions(useBursar(), { idOrSlug: line?.productId ?? '' })
  const { data: product } = useQuery({ ...options, enabled: line !== null })
  const variant = product?.variants.find(({ id }) => id === line?.variantId)
  return product === undefined || variant === undefined ? null : { product, variant }
}
