import { type Commerce, createCommerce, memoryStorage } from '@bursar/core'
import { atMostPlaces } from './at-most-places.ts'
import { differentProductsKind } from './different-products.ts'
import { heldInPerson } from './held-in-person.ts'
import { roundDownKind } from './round-down.ts'
import { workshop } from './workshop.ts'

/** A shop in memory with one of each, and three workshops: two in a room, one by wire. */
export async function openShop(): Promise<{ commerce: Commerce; variants: readonly string[] }> {
  const commerce = createCommerce({
    storage: memoryStorage(),
    promotions: { conditions: [differentProductsKind()], benefits: [roundDownKind()] },
    productTypes: [workshop],
    guards: [atMostPlaces(10)],
    taxRules: [heldInPerson],
  })
  await commerce.migrate()
  await commerce.install({
    operator: { id: 'campus', name: 'Campus' },
    seller: { id: 'campus-seller', legalName: 'Campus Ltd', country: 'DE', currency: 'EUR' },
    site: { id: 'campus', name: 'Campus', country: 'DE', currencies: ['EUR'] },
  })
  return { commerce, variants: await fill(commerce) }
}

async function fill(commerce: Commerce): Promise<readonly string[]> {
  const { admin } = commerce.as({ type: 'system', site: 'campus' })
  await admin.priceLists.create({ id: 'list', name: 'List', currency: 'EUR' })
  await admin.sites.update({ id: 'campus', priceLists: ['list'] })
  await admin.taxRates.create({ country: 'DE', category: '*', name: 'VAT', rate: '19' })
  await admin.taxRates.create({ country: 'DE', category: 'event', name: 'VAT', rate: '7' })
  await admin.promotions.create({
    id: 'two-days',
    name: 'Two days',
    conditions: [{ type: 'campus:different_products', minimum: 2 }],
    benefit: { type: 'campus:round_down', to: 500 },
  })
  const variants: string[] = []
  for (const [title, room] of [['Clay', 'Studio'], ['Linocut', 'Press'], ['Sketching']] as const) {
    const made = await admin.products.create({
      type: 'workshop',
      title,
      attributes: { startsAt: '2026-12-01T08:00:00.000Z', ...(room === undefined ? {} : { room }) },
      publication: {},
      variants: [{ name: 'place', prices: [{ priceList: 'list', amount: 4990 }] }],
    })
    variants.push(made.variants[0]?.id ?? '')
  }
  return variants
}
