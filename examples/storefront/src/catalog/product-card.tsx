import type { ProductView } from '@bursar/core/client'
import { Link } from 'wouter'
import { Cover } from './cover.tsx'
import { FromPrice } from './from-price.tsx'
import { languageOf } from './language-of.ts'
import { PRODUCT_TYPES } from './product-types.ts'

/** A product in a list. The whole card leads to it; only its title is the link's name. */
export function ProductCard({ product }: { product: ProductView }) {
  const { slug, title, description, type, attributes } = product
  const lang = languageOf(product)
  return (
    <article className="card">
      <Cover product={product} />
      <div className="card-body">
        <p className="kicker">
          {PRODUCT_TYPES[type]?.one ?? type}
          {typeof attributes.level === 'string' && <> · {attributes.level}</>}
        </p>
        <h2 className="card-title" lang={lang} dir="auto">
          <Link href={`/products/${slug}`}>{title}</Link>
        </h2>
        <p className="card-text" lang={lang} dir="auto">
          {description}
        </p>
        <p className="card-price">
          <FromPrice product={product} />
        </p>
      </div>
    </article>
  )
}
