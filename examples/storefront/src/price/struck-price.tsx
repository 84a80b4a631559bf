import { useMoney } from '@bursar/react'
import { type ReducedPrice, struckOf } from './struck-of.ts'

/** The higher price that a reduced one is compared with, struck through; its reason is said beside it by who shows it. */
export function StruckPrice({ price, currency }: { price: ReducedPrice; currency: string }) {
  const { format } = useMoney()
  const struck = struckOf(price)
  if (struck === null) return null
  return (
    <del className="struck">
      <span className="hidden">instead of </span>
      {format(struck.amount, currency)}
    </del>
  )
}
