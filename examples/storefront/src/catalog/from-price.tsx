import type { ProductView, VariantView } from '@bursar/core/client'
import { useMoney } from '@bursar/react'
import { reducedPrice, struckOf } from '../price/struck-of.ts'
import { StruckPrice } from '../price/struck-price.tsx'

/** From which price a product can be had, as its variants on sale say; a reduced one beside what it is compared with. */
export function FromPrice({ product }: { product: ProductView }) {
  const { format } = useMoney()
  const sold = product.variants
    .flatMap((variant) => (variant.price === null || !variant.onSale ? [] : [{ variant, price: variant.price }]))
    .toSorted((left, right) => left.price.amount - right.price.amount)
  const lowest = sold[0]
  if (lowest === undefined) return <>Not on sale now</>
  const paid = sold.find(({ price }) => price.amount > 0)
  if (paid === undefined) return <>Free</>
  const before = lowest.price.amount === 0 ? 'Free, or ' : sold.length > 1 ? 'from ' : ''
  return (
    <>
      {before}
      <Reduced variant={paid.variant} currency={paid.price.currency} />
      {format(paid.price)}
      {lowest.price.amount === 0 && ' with certificate'}
    </>
  )
}

function Reduced({ variant, currency }: { variant: VariantView; currency: string }) {
  const price = reducedPrice(variant)
  if (price === null || struckOf(price) === null) return null
  return (
    <>
      <StruckPrice price={price} currency={currency} />{' '}
    </>
  )
}
