import type { DeliveryView, OrderLineView } from '@bursar/core/client'
import { useMoney } from '@bursar/react'
import { Cover } from '../catalog/cover.tsx'
import { Delivery } from './delivery.tsx'
import { useSoldProduct } from './use-sold-product.ts'

/** What a line takes. */
export interface OrderLineProps {
  line: OrderLineView
  currency: string
  /** Asks how the order stands now. */
  refresh(): unknown
}

/** A line of an order and its deliveries. */
export function OrderLine({ line, currency, refresh }: OrderLineProps) {
  const { format } = useMoney()
  const product = useSoldProduct(line.productId)
  const variant = product?.variants.find(({ id }) => id === line.variantId)
  const nameOf = ({ part, unit }: DeliveryView) =>
    variant?.parts.find(({ id }) => id === part)?.title ?? (part === 'all' ? `No. ${unit}` : part)
  return (
    <li className="line">
      {product !== null && <Cover product={product} />}
      <div className="line-what">
        <p className="line-title">{line.title}</p>
        <p className="line-variant">
          {variant?.title || line.variantName}
          {line.quantity > 1 && ` · ${line.quantity}`}
        </p>
        <ul className="deliveries" aria-label={`Delivery of ${line.title}`}>
          {line.deliveries.map((delivery) => (
            <Delivery
              key={delivery.id}
              delivery={delivery}
              refresh={refresh}
              name={line.deliveries.length > 1 ? nameOf(delivery) : null}
            />
          ))}
        </ul>
      </div>
      <p className="line-total">{format(line.total, currency)}</p>
    </li>
  )
}
