import { type useCheckout, useMoney } from '@bursar/react'
import { useLocation } from 'wouter'
import { Notice } from '../page/notice.tsx'

/** The price changed since the shopper saw it: both prices, what moved, and two ways on. */
export function PriceChanged({
  checkout,
}: {
  checkout: Extract<ReturnType<typeof useCheckout>, { status: 'price_changed' }>
}) {
  const { format } = useMoney()
  const [, navigate] = useLocation()
  const { before, after } = checkout
  const moved = after.lines.flatMap((line) => {
    const old = before.lines.find(({ id }) => id === line.id)
    return old === undefined || old.total === line.total ? [] : [{ line, old }]
  })
  return (
    <Notice takesFocus kind="warning" role="alert" title="The price has changed">
      <p>
        It was {format(before.total, before.currency)} and is now <strong>{format(after.total, after.currency)}</strong>
        . Nothing was charged.
      </p>
      <ul>
        {moved.map(({ line, old }) => (
          <li key={line.id}>
            {line.title}: {format(old.total, before.currency)} → {format(line.total, after.currency)}
          </li>
        ))}
      </ul>
      <p className="buttons">
        <button type="button" className="button button-main" onClick={() => checkout.accept()}>
          Pay {format(after.total, after.currency)}
        </button>
        <button
          type="button"
          className="button"
          onClick={() => {
            checkout.reset()
            navigate('/cart')
          }}
        >
          Back to the cart
        </button>
      </p>
    </Notice>
  )
}
