import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Commerce, isBursarError, readDesignTokens, type Theme } from '@bursar/core'
import { formatReport, readCatalogFile } from '@bursar/node/import'

/** The sample shop's two sites belong to one operator: a campus, and a book shop of its own look. */
export const SITE = 'campus'

/** Sets the shop up, the first time and every time: what is there already stays as it is. */
export async function seed(commerce: Commerce): Promise<void> {
  const site = { id: SITE, name: 'Sample Campus', country: 'DE', currencies: ['USD', 'EUR'] }
  await commerce.install({
    operator: { id: 'sample', name: 'Sample Campus' },
    seller: { id: 'sample-seller', legalName: 'Sample Campus Ltd', country: 'DE', currency: 'EUR' },
    site: {
      ...site,
      hosts: ['localhost', '127.0.0.1'],
      requiredConsents: ['terms'],
      orderPrefix: 'SC',
      theme: campusTheme(),
    },
  })
  const { admin, products } = commerce.as({ type: 'system', site: SITE })
  const known = await products.list({ limit: 1 })
  if (known.items.length > 0) return
  for (const currency of ['USD', 'EUR']) {
    await once(() =>
      admin.priceLists.create({ id: `list-${currency.toLowerCase()}`, name: `List ${currency}`, currency }),
    )
  }
  const account = { mode: 'test', seller: 'sample-seller', currencies: ['USD', 'EUR'] } as const
  await once(() =>
    admin.paymentAccounts.create({
      ...account,
      id: 'campus-card',
      processor: 'test',
      title: 'Card (test)',
      secretRefs: { webhook: 'campus-card-webhook', key: 'campus-card-key' },
    }),
  )
  await once(() =>
    admin.paymentAccounts.create({ ...account, id: 'campus-invoice', processor: 'invoice', title: 'Invoice' }),
  )
  await admin.sites.update({
    id: SITE,
    priceLists: ['list-usd', 'list-eur'],
    paymentAccounts: ['campus-card', 'campus-invoice'],
  })
  await once(() => admin.taxRates.create({ id: 'de-standard', country: 'DE', category: '*', name: 'VAT', rate: '19' }))
  await once(() =>
    admin.promotions.create({
      id: 'welcome',
      name: 'Welcome: 20 % off',
      requiresCode: true,
      benefit: { type: 'percent', percent: '20' },
      limits: { uses: 1000, usesPerCustomer: 1 },
    }),
  )
  await once(() => admin.codes.create({ code: 'WELCOME20', promotionId: 'welcome' }))
  await once(() =>
    admin.promotions.create({
      ...{
        id: 'team',
        name: '10 % off from five courses',
        conditions: [{ type: 'product_types', productTypes: ['course'] }],
      },
      benefit: {
        type: 'quantity_tiers',
        tiers: [
          { minimum: 5, percent: '10' },
          { minimum: 20, percent: '15' },
        ],
      },
    }),
  )
  await once(() =>
    admin.promotions.create({
      ...{ id: 'shelf', name: '10 % off three books', requiresCode: true },
      conditions: [
        { type: 'product_types', productTypes: ['book'] },
        { type: 'minimum_quantity', quantity: 3 },
      ],
      benefit: { type: 'percent', percent: '10' },
    }),
  )
  await once(() => admin.codes.create({ code: 'SHELF10', promotionId: 'shelf' }))
  await importCatalog(commerce)
  await reduceCalculus(commerce)
  await sellGuideByTheDozen(commerce)
  await creditWhatIsOwned(commerce)
  await openRuns(commerce)
  await buyStatistics(commerce)
}

/** The campus's look, as its designers' tool wrote it. */
function campusTheme(): Theme {
  const read = readDesignTokens(JSON.parse(readFileSync(join(import.meta.dirname, 'theme.tokens.json'), 'utf8')))
  if (!read.ok) throw new Error(`theme.tokens.json: ${read.reason}`)
  return read.theme
}

/** Makes a record unless it is there: a set-up that was stopped half-way goes on at the next start. */
async function once(make: () => Promise<unknown>): Promise<void> {
  await make().catch((error: unknown) => {
    if (!isBursarError(error, 'unique_taken')) throw error
  })
}

async function importCatalog(commerce: Commerce): Promise<void> {
  const file = join(import.meta.dirname, 'catalog', 'catalog.csv')
  const read = await readCatalogFile(file, { currency: 'USD', currencies: ['USD', 'EUR'], timeZone: 'UTC' })
  if (!read.ok) throw new Error(read.reason)
  if (read.report.refused > 0) throw new Error(formatReport(read.report))
  await commerce.as({ type: 'system', site: SITE }).admin.products.import({ rows: read.rows })
}

/** A course of the campus at a reduced price, in lists of their own that win over the others from now on. */
async function reduceCalculus(commerce: Commerce): Promise<void> {
  const { admin } = commerce.as({ type: 'system', site: SITE })
  const course = await ofCatalog(commerce, 'calculus-101', 'calculus')
  const from = new Date().toISOString()
  for (const currency of ['USD', 'EUR']) {
    const id = `autumn-${currency.toLowerCase()}`
    await once(() => admin.priceLists.create({ ...{ id, name: `Autumn ${currency}`, currency, priority: 10 }, from }))
  }
  const priceLists = ['list-usd', 'list-eur', 'autumn-usd', 'autumn-eur']
  await admin.sites.update({ id: SITE, priceLists })
  await admin.products.update({
    productId: course.product.id,
    variants: course.variants.map(({ name, prices }) => ({
      name,
      prices: prices.flatMap((price) => {
        const reduced = { amount: Math.round(price.amount * 0.8), compareAt: price.amount }
        const isReduced = price.amount > 0
        return [
          price,
          ...(isReduced ? [{ ...price, ...reduced, priceList: price.priceList.replace('list', 'autumn') }] : []),
        ]
      }),
    })),
  })
}

/** A book that costs less in numbers. */
async function sellGuideByTheDozen(commerce: Commerce): Promise<void> {
  const { admin } = commerce.as({ type: 'system', site: SITE })
  const book = await ofCatalog(commerce, 'pocket-guide-to-soil', 'soil')
  const tiers = [
    { minimumQuantity: 5, percent: 88 },
    { minimumQuantity: 20, percent: 76 },
  ]
  await admin.products.update({
    productId: book.product.id,
    variants: book.variants
      .filter(({ name }) => name === 'paperback')
      .map(({ name, prices }) => ({
        name,
        prices: prices.flatMap(({ priceList, amount }) => [
          { priceList, amount },
          ...tiers.map(({ minimumQuantity, percent }) => ({
            ...{ priceList, minimumQuantity },
            amount: Math.round((amount * percent) / 100),
          })),
        ]),
      })),
  })
}

/** A program that credits what was paid for those of its courses that a learner has. */
async function creditWhatIsOwned(commerce: Commerce): Promise<void> {
  const { admin } = commerce.as({ type: 'system', site: SITE })
  const program = await ofCatalog(commerce, 'data-foundations', 'data')
  await admin.products.update({
    productId: program.product.id,
    variants: program.variants.map(({ name, bundle }) => ({
      name,
      bundle: bundle && { ...bundle, ownedParts: 'credit_paid' },
    })),
  })
}

/** A course whose learners choose their run after the purchase. */
async function openRuns(commerce: Commerce): Promise<void> {
  const { admin } = commerce.as({ type: 'system', site: SITE })
  const course = await ofCatalog(commerce, 'bookkeeping-101', 'bookkeeping')
  const inDays = (days: number) =>
    `${new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10)}T08:00:00.000Z`
  await admin.products.update({
    productId: course.product.id,
    variants: course.variants.map(({ name, fulfilment }) => {
      const target = fulfilment?.target ?? null
      return {
        name,
        runs: [
          { id: 'evenings', title: 'In the evenings', target, serviceStart: inDays(40), enrolmentEndsAt: inDays(30) },
          { id: 'weekend', title: 'At weekends', target, serviceStart: inDays(60), capacity: 1 },
          { id: 'summer', title: 'Summer school', target, serviceStart: inDays(200), enrolmentStartsAt: inDays(90) },
        ],
      }
    }),
  })
}

/** Learner 4 has Statistics Without Fear, and paid for it. */
async function buyStatistics(commerce: Commerce): Promise<void> {
  const learner = commerce.as({ type: 'customer', site: SITE, customerId: 'learner-4' })
  const { items } = await learner.me.orders({ limit: 1 })
  if (items.length > 0) return
  const { variants } = await learner.products.get({ idOrSlug: 'statistics-without-fear' })
  const lines = variants
    .filter(({ name }) => name === 'verified')
    .map((variant) => ({ lineId: 'statistics', variantId: variant.id }))
  const { cart, quote } = await learner.carts.create({ lines })
  await learner.carts.checkout(
    {
      cartId: cart.id,
      expectedTotal: { amount: quote.total, currency: quote.currency },
      paymentToken: 'tok_approve',
      consents: [{ kind: 'terms', textVersion: '1', locale: 'en', given: true }],
    },
    { idempotencyKey: 'sample-statistics' },
  )
}

/** A product of the catalog's file. */
async function ofCatalog(commerce: Commerce, externalId: string, search: string) {
  const { items } = await commerce.as({ type: 'system', site: SITE }).admin.products.list({ search })
  const found = items.find(({ product }) => product.externalId === externalId)
  if (found === undefined) throw new Error(`catalog.csv has no ${externalId}.`)
  return found
}
