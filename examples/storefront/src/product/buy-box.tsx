import type { ProductView } from '@bursar/core/client'
import { useState } from 'react'
import { AddToCart } from './add-to-cart.tsx'
import { OwnPrice } from './own-price.tsx'
import { PriceTiers } from './price-tiers.tsx'
import { useOwnPrice } from './use-own-price.ts'
import { VariantChoice } from './variant-choice.tsx'

/** The modes of a product, and the button for the chosen one: at first the last that is on sale, the fullest. */
export function BuyBox({ product }: { product: ProductView }) {
  const [chosenId, choose] = useState<string>()
  const onSale = product.variants.filter((variant) => variant.onSale)
  const chosen = onSale.find(({ id }) => id === chosenId) ?? onSale.at(-1)
  const own = useOwnPrice(chosen)
  return (
    <section className="buy" aria-labelledby="buy">
      <h2 id="buy">{product.variants.length > 1 ? 'Choose how' : 'Get it'}</h2>
      <VariantChoice product={product} chosen={chosen} choose={choose} />
      {chosen !== undefined && <PriceTiers variant={chosen} />}
      {own !== null && <OwnPrice {...own} />}
      {chosen === undefined ? <p>It cannot be bought here at the moment.</p> : <AddToCart variant={chosen} />}
    </section>
  )
}
