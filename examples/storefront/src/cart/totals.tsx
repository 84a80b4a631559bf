import { useCart, useMoney } from '@bursar/react'
import { PriceTable } from './price-table.tsx'

/** What the cart comes to. Said to a screen reader when it is final, not with every click. */
export function Totals() {
  const quote = useCart((cart) => cart.quote)
  const quoteState = useCart((cart) => cart.quoteState)
  const { format } = useMoney()
  const isFinal = quoteState === 'final'
  return (
    <div className={isFinal ? 'totals' : 'totals is-stale'} aria-busy={!isFinal}>
      {quote !== null && <PriceTable price={quote} isInclusive={quote.priceBasis === 'inclusive'} />}
      {quote?.provisional === true && (
        <p className="small">Some of it is decided at checkout, when we know who you are.</p>
      )}
      <p role="status" className="hidden">
        {isFinal && quote !== null ? `The total is ${format(quote.total, quote.currency)}.` : ''}
      </p>
    </div>
  )
}
