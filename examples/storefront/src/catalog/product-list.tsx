import type { LoadedProducts } from '@bursar/react/query'
import { ProductCard } from './product-card.tsx'

/** What the list takes. */
export interface ProductListProps extends LoadedProducts {
  /** Is a newer answer on its way? */
  isStale: boolean
  /** What was searched for, or empty. */
  search: string
}

/** The products found, and how many: said to a screen reader when the search has an answer. */
export function ProductList({ products, hasMore, isLoadingMore, loadMore, isStale, search }: ProductListProps) {
  const found = `${products.length}${hasMore ? ' or more' : ''} ${products.length === 1 ? 'product' : 'products'}`
  return (
    <section aria-label="Products" aria-busy={isStale}>
      <p role="status" className="found">
        {products.length === 0 ? 'Nothing found. Try fewer or other words.' : found}
        {search !== '' && products.length > 0 && <> for “{search}”</>}
      </p>
      <ul className="cards">
        {products.map((product) => (
          <li key={product.id}>
            <ProductCard product={product} />
          </li>
        ))}
      </ul>
      {hasMore && (
        <p className="more">
          <button type="button" className="button" aria-disabled={isLoadingMore} onClick={loadMore}>
            Show more
          </button>
        </p>
      )}
    </section>
  )
}
