import type { ProductView } from '@bursar/core/client'
import { Link } from 'wouter'

/** What a program is made of. */
export function ProgramParts({ product }: { product: ProductView }) {
  const parts = product.variants.flatMap((variant) => variant.parts)
  const once = [...new Map(parts.map((part) => [part.productId, part])).values()]
  if (once.length === 0) return null
  return (
    <section aria-labelledby="parts">
      <h2 id="parts">In this program</h2>
      <ol className="parts">
        {once.map(({ productId, title }) => (
          <li key={productId}>
            <Link href={`/products/${productId}`}>{title}</Link>
          </li>
        ))}
      </ol>
    </section>
  )
}
