import { useMoney } from '@bursar/react'

/** Sums of a quote or an order, minor units. */
export interface Price {
  readonly currency: string
  readonly base: number
  readonly discount: number
  readonly tax: number
  readonly total: number
}

/** Sum, discount, tax and total. */
export function PriceTable({ price, isInclusive }: { price: Price; isInclusive: boolean }) {
  const { format } = useMoney()
  const { base, discount, tax, total, currency } = price
  return (
    <dl className="prices">
      {discount > 0 && (
        <>
          <dt>Sum</dt>
          <dd>{format(base, currency)}</dd>
          <dt>You save</dt>
          <dd className="saved">{format(-discount, currency)}</dd>
        </>
      )}
      {tax > 0 && (
        <>
          <dt>{isInclusive ? 'VAT, included' : 'Tax'}</dt>
          <dd>{format(tax, currency)}</dd>
        </>
      )}
      <dt className="total">Total</dt>
      <dd className="total">{format(total, currency)}</dd>
    </dl>
  )
}
