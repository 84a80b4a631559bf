import { type CatalogRow, type Commerce, createCommerce, type Storage } from '@bursar/core'
import { jwtAuthenticator } from '@bursar/node'
import { courseRows, LEARNERS, SITE } from '../shop.ts'
import type { Peers } from '../soak/peers-at.ts'
import { fakePeers } from './fakes.ts'
import { openPlace, type Place } from './place.ts'
import type { Stock } from './scenarios.ts'

/** A shop under load: unless others are given, its processor and its platform are fakes, as those of the shops that it is compared with. */
export function loadShop(storage: Storage, peers: Peers = fakePeers()): Commerce {
  return createCommerce({
    storage,
    payments: { test: peers.processor },
    fulfilment: { campus: peers.platform },
    authenticators: [jwtAuthenticator(LEARNERS)],
    secrets: (ref) => ref.padEnd(32, '.'),
  })
}

/** Fills an empty shop with these courses, a code and a way to pay. */
export async function fillLoadShop(commerce: Commerce, rows: readonly CatalogRow[]): Promise<void> {
  await commerce.install({
    operator: { id: 'bench', name: 'Bench' },
    seller: { id: 'bench-seller', legalName: 'Bench Ltd', country: 'DE', currency: 'USD' },
    site: { id: SITE, name: 'Bench', country: 'DE', currencies: ['USD'], hosts: ['127.0.0.1'] },
  })
  const { admin } = commerce.as({ type: 'system', site: SITE })
  await admin.priceLists.create({ id: 'list', name: 'List', currency: 'USD' })
  await admin.paymentAccounts.create({
    ...{ id: 'card', processor: 'test', title: 'Card', mode: 'test', seller: 'bench-seller', currencies: ['USD'] },
    secretRefs: { webhook: 'webhook', key: 'key' },
  })
  await admin.sites.update({ id: SITE, priceLists: ['list'], paymentAccounts: ['card'] })
  const percent = { requiresCode: true, benefit: { type: 'percent', percent: '10' } } as const
  await admin.promotions.create({ id: 'ten', name: 'Ten off', ...percent })
  await admin.codes.create({ code: 'TENOFF', promotionId: 'ten' })
  await admin.products.import({ rows })
}

/** Fills an empty place with a shop of so many courses, and so many carts of three lines; the learners have them in turn. */
export async function fillStock(
  place: Place,
  { courses, carts: count, learners: people = 100 }: { courses: number; carts: number; learners?: number },
): Promise<Stock & { learners: readonly string[] }> {
  const commerce = loadShop(openPlace(place).storage)
  await commerce.migrate()
  await fillLoadShop(commerce, courseRows(courses))
  const learners = Array.from({ length: people }, (_, index) => `learner-${index + 1}`)
  const { items } = await commerce.as({ type: 'system', site: SITE }).products.list({ limit: 100 })
  const variants = items.flatMap((product) => product.variants.map(({ id }) => id))
  const lines = variants.slice(0, 3).map((variantId, index) => ({ lineId: `l${index}`, variantId }))
  const carts: string[] = []
  for (let first = 0; first < count; first += 100) {
    const made = await Promise.all(
      Array.from({ length: 100 }, (_, index) => {
        const customerId = learners[(first + index) % people] ?? ''
        return commerce.as({ type: 'customer', site: SITE, customerId }).carts.create({ lines })
      }),
    )
    carts.push(...made.map(({ cart }) => cart.id))
  }
  await commerce.close()
  return { carts, variants, learners }
}
