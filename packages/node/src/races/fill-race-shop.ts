import type { AdminClient } from '@bursar/core/admin-client'

/** Ids of what a race shop sells. */
export interface RaceVariants {
  /** A book without limits. */
  readonly book: string
  /** A course with one seat, sold once to a person. */
  readonly seat: string
  /** A course with five seats. */
  readonly five: string
  /** Two workshops with a hundred seats each, without delivery. */
  readonly workshops: readonly [string, string]
  /** The book at 19.00 in four programs at 50.00 that credit what was paid for it, each with another book of 19.00. */
  readonly programs: readonly string[]
}

/** Fills a shop that has an operator and a site, and nothing else. */
export async function fillRaceShop(admin: AdminClient): Promise<RaceVariants> {
  await admin.priceLists.create({ id: 'eur', name: 'Euro', currency: 'EUR' })
  const account = { mode: 'test', seller: 'acme-ltd', currencies: ['EUR'] } as const
  const secretRefs = { webhook: 'webhook', key: 'key' }
  await admin.paymentAccounts.create({ ...account, id: 'card', processor: 'test', title: 'Card', secretRefs })
  await admin.paymentAccounts.create({ ...account, id: 'card-2', processor: 'test', title: 'Other card', secretRefs })
  await admin.paymentAccounts.create({ ...account, id: 'invoice', processor: 'invoice', title: 'Invoice' })
  await admin.sites.update({ id: 'main', priceLists: ['eur'], paymentAccounts: ['card', 'card-2', 'invoice'] })
  await createPromotions(admin)
  const [book, seat, five, first, second] = [
    await sold(admin, { title: 'Book', amount: 1900 }),
    await sold(admin, { title: 'Workshop', amount: 4900, capacity: 1, course: 'AB101' }),
    await sold(admin, { title: 'Seminar', amount: 4900, capacity: 5 }),
    await sold(admin, { title: 'Morning', amount: 1000, capacity: 100 }),
    await sold(admin, { title: 'Evening', amount: 1000, capacity: 100 }),
  ]
  return { book, seat, five, workshops: [first, second], programs: await createPrograms(admin, book) }
}

async function createPrograms(admin: AdminClient, book: string): Promise<readonly string[]> {
  const programs: string[] = []
  for (const title of ['Spring', 'Summer', 'Autumn', 'Winter']) {
    const other = await sold(admin, { title: `Book of ${title}`, amount: 1900 })
    const parts = [book, other].map((variantId, place) => ({ id: `part-${place}`, variantId }))
    const bundle = { parts, pricing: { type: 'own_price' }, ownedParts: 'credit_paid' } as const
    const variant = { name: 'only', bundle, prices: [{ priceList: 'eur', amount: 5000 }] }
    const made = await admin.products.create({ type: 'program', title, publication: {}, variants: [variant] })
    programs.push(made.variants[0]?.id ?? '')
  }
  return programs
}

async function createPromotions(admin: AdminClient): Promise<void> {
  const percent = { requiresCode: true, benefit: { type: 'percent', percent: '10' } } as const
  await admin.promotions.create({
    ...{ ...percent, id: 'ten', name: 'Ten off', limits: { uses: 10, usesPerCustomer: null } },
  })
  await admin.codes.create({ code: 'TENUSES', promotionId: 'ten' })
  await admin.promotions.create({
    ...{ ...percent, id: 'gift', name: 'Grant' },
    limits: { ...{ uses: null, usesPerCustomer: null }, money: [{ amount: 1000, currency: 'EUR' }], whenShort: 'rest' },
  })
  await admin.codes.create({ code: 'GRANT', promotionId: 'gift' })
  await admin.promotions.create({
    ...{ ...percent, id: 'single', name: 'One use', limits: { uses: 1, usesPerCustomer: null } },
  })
  await admin.codes.create({ code: 'ONEUSE', promotionId: 'single' })
  await admin.promotions.create({
    ...{ ...percent, id: 'each', name: 'Once each', limits: { uses: null, usesPerCustomer: 1 } },
  })
  await admin.codes.create({ code: 'ONCEEACH', promotionId: 'each' })
  await admin.promotions.create({ ...percent, id: 'signed', name: 'Signed by the host', signedByHost: true })
}

async function sold(
  admin: AdminClient,
  { title, amount, capacity, course }: { title: string; amount: number; capacity?: number; course?: string },
): Promise<string> {
  const product = await admin.products.create({
    ...{ type: capacity === undefined ? 'book' : 'course', title, publication: {} },
    variants: [
      {
        ...{ name: 'only', prices: [{ priceList: 'eur', amount }] },
        ...(capacity === undefined ? { maximumQuantity: 10 } : { capacity }),
        ...(course === undefined ? {} : { fulfilment: { provider: 'campus', target: { course, mode: 'verified' } } }),
      },
    ],
  })
  return product.variants[0]?.id ?? ''
}
