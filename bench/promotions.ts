import { createCommerce, memoryStorage } from '@bursar/core'
import { courseRows } from './shop.ts'
import { type Throughput, throughput } from './throughput.ts'

const SITE = 'promotions'
const LINES = 10
const TOUCHING = 20
const OTHERS = 9980
const CODES = 100_000
const SHOPPERS = 16
const ONE_BY_ONE = { atOnce: 1, seconds: 2 }

/** A quote of ten lines that twenty promotions touch: alone, beside thousands of others, beside as many codes, and after one was changed. */
export async function benchPromotions(): Promise<readonly Throughput[]> {
  const commerce = createCommerce({ storage: memoryStorage() })
  await commerce.migrate()
  await commerce.install({
    operator: { id: SITE, name: 'Bench' },
    seller: { id: 'seller', legalName: 'Bench Ltd', country: 'DE', currency: 'USD' },
    site: { id: SITE, name: 'Bench', country: 'DE', currencies: ['USD'], hosts: ['127.0.0.1'] },
  })
  const { admin, products, quotes } = commerce.as({ type: 'system', site: SITE })
  await admin.priceLists.create({ id: 'list', name: 'List', currency: 'USD' })
  await admin.sites.update({ id: SITE, priceLists: ['list'] })
  await admin.products.import({ rows: courseRows(1000).map((row) => ({ ...row, fulfilment: null })) })
  const { items } = await products.list({ limit: 100 })
  const [inCart, others] = [items.slice(0, LINES), items.slice(LINES)]
  const lines = inCart.flatMap(({ variants }) => variants.slice(0, 1).map(({ id }) => ({ variantId: id })))
  const quote = () => quotes.create({ lines, mode: 'together' })
  const measure = (name: string) => throughput(name, ONE_BY_ONE, quote)
  const promote = (n: number, product: string | undefined) =>
    admin.promotions.create({
      id: `pro_${n}`,
      name: `Promotion ${n}`,
      conditions: [{ type: 'products', products: [product ?? ''] }],
      benefit: { type: 'percent', percent: '1' },
    })
  for (let n = 0; n < TOUCHING; n += 1) await promote(n, inCart[n % LINES]?.id)
  const figures = [await measure(`${LINES} lines, ${TOUCHING} promotions touch`)]
  for (let n = TOUCHING; n < TOUCHING + OTHERS; n += 1) await promote(n, others[n % others.length]?.id)
  figures.push(await measure(`the same beside ${OTHERS} live promotions that do not`))
  await promote(TOUCHING + OTHERS, others[0]?.id)
  await admin.codeBatches.create({ name: 'Fair', promotionId: `pro_${TOUCHING + OTHERS}`, count: CODES })
  figures.push(await measure(`the same beside ${CODES} live codes, too`))
  const afterAnEdit = async (n: number) => {
    await admin.promotions.update({ id: 'pro_0', name: `Promotion of edit ${n}` })
    await Promise.all(Array.from({ length: SHOPPERS }, quote))
  }
  figures.push(await throughput(`staff change one, then ${SHOPPERS} of these at once`, ONE_BY_ONE, afterAnEdit))
  return figures
}
