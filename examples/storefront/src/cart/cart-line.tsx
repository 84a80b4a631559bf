import { useCart, useCartLine, useMoney } from '@bursar/react'
import { useRef } from 'react'
import { Link } from 'wouter'
import { Cover } from '../catalog/cover.tsx'
import { LineReasons } from './line-reasons.tsx'
import { QuantityField } from './quantity-field.tsx'
import { REFUSALS } from './refusals.ts'
import { useSoldVariant } from './use-sold-variant.ts'

/** What a line takes. */
export interface CartLineProps {
  lineId: string
  /** The shopper took it out. */
  onRemoved(title: string): void
}

/** A line of the cart: what, how many, for how much, and every reason for that. */
export function CartLine({ lineId, onRemoved }: CartLineProps) {
  const row = useCartLine(lineId)
  const currency = useCart((cart) => cart.quote?.currency ?? cart.currency ?? '')
  const { format } = useMoney()
  const sold = useSoldVariant(row.status === 'ready' ? row.price : null)
  const item = useRef<HTMLLIElement>(null)
  if (row.status === 'none') return null
  const { line, price, quoteState, problems } = row
  const title = price?.title ?? 'One moment …'
  const remove = () => {
    // The button goes with its line: so that the focus is not lost, a neighbour's takes it, or the heading.
    const neighbour = item.current?.nextElementSibling ?? item.current?.previousElementSibling
    const next = neighbour?.querySelector<HTMLElement>('.line-remove') ?? document.querySelector<HTMLElement>('h1')
    next?.focus()
    void row.remove()
    onRemoved(title)
  }
  return (
    <li ref={item} className="line" aria-busy={quoteState !== 'final'}>
      {sold !== null && <Cover product={sold.product} />}
      <div className="line-what">
        <p className="line-title">
          {price === null ? title : <Link href={`/products/${price.productId}`}>{title}</Link>}
        </p>
        <p className="line-variant">{sold?.variant.title || price?.variantName}</p>
        {price?.refusal != null && <p className="line-problem">{REFUSALS[price.refusal]}</p>}
        {problems.map(({ id, error }) => (
          <p key={id} role="alert" className="line-problem">
            {error.message}
          </p>
        ))}
        {price !== null && <LineReasons line={price} currency={currency} />}
      </div>
      <div className="line-actions">
        {(sold === null ? line.quantity > 1 : sold.variant.maximumQuantity > 1) && (
          <QuantityField
            title={title}
            quantity={line.quantity}
            maximum={sold?.variant.maximumQuantity ?? 1000}
            set={row.setQuantity}
          />
        )}
        <button type="button" className="button button-quiet line-remove" onClick={remove}>
          Remove<span className="hidden"> {title}</span>
        </button>
      </div>
      <p className={`line-total ${quoteState === 'final' ? '' : 'is-stale'}`}>
        {price?.refusal === null && format(price.total, currency)}
      </p>
    </li>
  )
}
