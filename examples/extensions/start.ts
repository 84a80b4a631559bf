// Prices one workshop, then two, and says how.
import { explainQuote } from '@bursar/core'
import { openShop } from './shop.ts'

const { commerce, variants } = await openShop()
const shopper = commerce.as({ type: 'shopper', site: 'campus' })
for (const chosen of [variants.slice(0, 1), variants.slice(0, 2), variants.slice(1, 3)]) {
  const lines = chosen.map((variantId) => ({ variantId }))
  const { quotes } = await shopper.quotes.create({ lines, mode: 'together' })
  for (const quote of quotes) console.log(`${explainQuote(quote).join('\n')}\n`)
}
await commerce.close()
