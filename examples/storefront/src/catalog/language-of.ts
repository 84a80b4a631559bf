import type { ProductView } from '@bursar/core/client'

/** The language of a product's texts, for screen readers and fonts; undefined where the catalog does not say it. */
export function languageOf({ attributes }: Pick<ProductView, 'attributes'>): string | undefined {
  return typeof attributes.language === 'string' ? attributes.language : undefined
}
