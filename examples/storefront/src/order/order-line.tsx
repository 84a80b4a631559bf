import type { DeliveryView, OrderLineView } from '@bursar/core/client'
import { useMoney } from '@bursar/react'
import { Cover } from '../catalog/cover.tsx'
import { Delivery } from './delivery.tsx'
import { useSoldProduct } from './use-sold-product.ts'

/** A line of an order and its deliveries. */
export function OrderLine({ line, currency }: { line: OrderLineView; currency: string }) {
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
              name={line.deliveries.length > 1 ? nameOf(delivery) : null}
            />
          ))}
        </ul>
      </div>
      <p className="line-total">{format(line.total, currency)}</p>
    </li>
  )
}
