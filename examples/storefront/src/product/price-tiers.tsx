import type { VariantView } from '@bursar/core/client'
import { useMoney } from '@bursar/react'

/** What one costs when more are bought. */
export function PriceTiers({ variant: { tiers, price } }: { variant: VariantView }) {
  const { format } = useMoney()
  if (tiers === undefined || price === null) return null
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
          <th scope="row">1 and more</th>
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
