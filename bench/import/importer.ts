import { loadShop } from '../load/load-shop.ts'
import { openPlace } from '../load/place.ts'
import { courseRows, SITE } from '../shop.ts'

/** An import in a process of its own, as `bursar import` is one. */
export interface ImportOrder {
  readonly place: string
  /** How many courses; they are numbered from 1,000. */
  readonly courses: number
  /** What is added to each price, in minor units. */
  readonly dearer: number
}

process.on('message', async ({ place, courses, dearer }: ImportOrder) => {
  const commerce = loadShop(openPlace(place).storage)
  await commerce.migrate()
  const rows = courseRows(courses, 1000).map((row) => ({
    ...row,
    prices: row.prices.map((price) => ({ ...price, amount: price.amount + dearer })),
  }))
  const { admin } = commerce.as({ type: 'system', site: SITE })
  const answer = await admin.products.import({ rows }).then(JSON.stringify, String)
  await commerce.close()
  process.send?.(answer)
})
