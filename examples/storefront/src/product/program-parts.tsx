import type { ProductView } from '@bursar/core/client'
import { Link } from 'wouter'
import { useOwnPrice } from './use-own-price.ts'

/** What a program is made of, and what of it the learner has. */
export function ProgramParts({ product }: { product: ProductView }) {
  const parts = product.variants.flatMap((variant) => variant.parts)
  const own = useOwnPrice(product.variants.find((variant) => variant.onSale && variant.parts.length > 0))
  const once = [...new Map(parts.map((part) => [part.productId, part])).values()]
  if (once.length === 0) return null
  const owned = new Set(own?.line.leftOut?.map(({ variantId }) => variantId))
  return (
    <section aria-labelledby="parts">
      <h2 id="parts">In this program</h2>
      <ol className="parts">
        {once.map(({ productId, variantId, title }) => (
          <li key={productId}>
            <Link href={`/products/${productId}`}>{title}</Link>
            {owned.has(variantId) && <span className="owned">You have it</span>}
          </li>
        ))}
      </ol>
    </section>
  )
}
