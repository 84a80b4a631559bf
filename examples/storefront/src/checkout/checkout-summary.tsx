import { useCart, useMoney } from '@bursar/react'
import { Link } from 'wouter'
import { Totals } from '../cart/totals.tsx'

/** What is about to be bought. */
export function CheckoutSummary() {
  const quote = useCart((cart) => cart.quote)
  const { format } = useMoney()
  return (
    <aside className="summary" aria-labelledby="summary">
      <h2 id="summary">Your order</h2>
      <ul className="summary-lines">
        {quote?.lines.map((line) => (
          <li key={line.id}>
            <span>
              {line.title}
              {line.quantity > 1 && ` × ${line.quantity}`}
              <span className="small"> {line.variantName}</span>
            </span>
            <span>{format(line.total, quote.currency)}</span>
          </li>
        ))}
      </ul>
      <Totals />
      <p className="small">
        <Link href="/cart">Change the cart</Link>
      </p>
    </aside>
  )
}
