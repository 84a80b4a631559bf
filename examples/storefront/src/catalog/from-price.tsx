import type { Money, ProductView } from '@bursar/core/client'
import { useMoney } from '@bursar/react'

/** From which price a product can be had, as its variants on sale say. */
export function FromPrice({ product }: { product: ProductView }) {
  const { format } = useMoney()
  const prices = product.variants.flatMap(({ price, onSale }): Money[] => (price === null || !onSale ? [] : [price]))
  const lowest = prices.toSorted((left, right) => left.amount - right.amount)[0]
  const paid = prices.filter(({ amount }) => amount > 0).toSorted((left, right) => left.amount - right.amount)[0]
  if (lowest === undefined) return <>Not on sale now</>
  if (lowest.amount > 0) return <>{prices.length > 1 ? `from ${format(lowest)}` : format(lowest)}</>
  return <>{paid === undefined ? 'Free' : `Free, or ${format(paid)} with certificate`}</>
}
