import type { ProductView } from '@bursar/core/client'
import { COVER_PATTERNS } from './cover-patterns.tsx'
import { seededRandom } from './seeded-random.ts'

/** A picture of a product, drawn from its id: the same product always looks the same, and no file is fetched. */
export function Cover({
  product,
  large = false,
}: {
  product: Pick<ProductView, 'id' | 'slug' | 'type'>
  large?: boolean
}) {
  const random = seededRandom(product.slug)
  const tone = Math.floor(random() * 6)
  const patterns = COVER_PATTERNS[product.type] ?? COVER_PATTERNS.course ?? []
  const draw = patterns[Math.floor(random() * patterns.length)]
  return (
    <svg
      className={`cover tone-${tone}${large ? ' cover-large' : ''}`}
      viewBox="0 0 320 180"
      preserveAspectRatio="xMidYMid slice"
      aria-hidden="true"
    >
      <rect className="ink-0" width="320" height="180" />
      {draw?.(random)}
    </svg>
  )
}
