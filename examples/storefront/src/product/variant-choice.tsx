import type { ProductView, VariantView } from '@bursar/core/client'
import { useMoney } from '@bursar/react'
import { variantFacts } from './variant-facts.ts'
import { VariantWindow } from './variant-window.tsx'

/** What the choice takes. */
export interface VariantChoiceProps {
  product: ProductView
  /** The chosen variant, or undefined where none is on sale. */
  chosen: VariantView | undefined
  choose(variantId: string): void
}

/** The modes of a product, each with price, deadline and what it holds. */
export function VariantChoice({ product, chosen, choose }: VariantChoiceProps) {
  const { format } = useMoney()
  return (
    <fieldset className="variants">
      <legend className="hidden">Mode</legend>
      {product.variants.map((variant) => (
        <label key={variant.id} className="variant">
          <input
            type="radio"
            name="variant"
            checked={variant.id === chosen?.id}
            disabled={!variant.onSale}
            onChange={() => choose(variant.id)}
          />
          <span className="variant-name">{variant.title || variant.name}</span>
          <span className="variant-price">
            {variant.onSale && variant.compareAt !== undefined && (
              <del>
                <span className="hidden">Instead of </span>
                {format(variant.compareAt)}
              </del>
            )}
            {priceText(variant, format)}
          </span>
          <span className="variant-facts">
            {variantFacts(variant).map((fact) => (
              <span key={fact}>{fact}</span>
            ))}
            {variant.onSale && variant.lowestRecent !== undefined && (
              <span>Lowest price of the 30 days before: {format(variant.lowestRecent)}</span>
            )}
            <VariantWindow variant={variant} />
          </span>
        </label>
      ))}
    </fieldset>
  )
}

function priceText({ price, onSale }: VariantView, format: ReturnType<typeof useMoney>['format']): string {
  if (price === null) return 'No price in this currency'
  if (!onSale) return 'Not on sale'
  return price.amount === 0 ? 'Free' : format(price)
}
