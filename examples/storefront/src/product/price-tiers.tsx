import type { VariantView } from '@bursar/core/client'
import { useMoney } from '@bursar/react'

/** What one costs when more are bought. */
export function PriceTiers({ variant: { tiers, price } }: { variant: VariantView }) {
  const { format } = useMoney()
  const first = tiers?.[0]
  if (tiers === undefined || first === undefined || price === null) return null
  return (
    <table className="tiers">
      <caption>Price of one, by quantity</caption>
      <thead>
        <tr>
          <th scope="col">Quantity</th>
          <th scope="col">Each</th>
        </tr>
      </thead>
      <tbody>
        <tr>
          <th scope="row">{first.minimumQuantity === 2 ? '1' : `1 to ${first.minimumQuantity - 1}`}</th>
          <td>{format(price)}</td>
        </tr>
        {tiers.map((tier) => (
          <tr key={tier.minimumQuantity}>
            <th scope="row">from {tier.minimumQuantity}</th>
            <td>{format(tier.price)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
