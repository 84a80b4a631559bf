import type { ProductView, VariantView } from '@bursar/core/client'
import { useMoney } from '@bursar/react'
import { reducedPrice, struckOf } from '../price/struck-of.ts'
import { StruckPrice } from '../price/struck-price.tsx'
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
      {product.variants.map((variant) => {
        const reduced = reducedPrice(variant)
        const struck = reduced === null ? null : struckOf(reduced)
        return (
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
              {reduced !== null && variant.price !== null && (
                <StruckPrice price={reduced} currency={variant.price.currency} />
              )}
              {priceText(variant, format)}
            </span>
            <span className="variant-facts">
              {variantFacts(variant).map((fact) => (
                <span key={fact}>{fact}</span>
              ))}
              {struck !== null && <span>Struck through: {struck.reason}</span>}
              <VariantWindow variant={variant} />
            </span>
          </label>
        )
      })}
    </fieldset>
  )
}

function priceText({ price, onSale }: VariantView, format: ReturnType<typeof useMoney>['format']): string {
  if (price === null) return 'No price in this currency'
  if (!onSale) return 'Not on sale'
  return price.amount === 0 ? 'Free' : format(price)
}
