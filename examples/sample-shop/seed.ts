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
      ...{ id: 'team', name: 'Team price', conditions: [{ type: 'product_types', productTypes: ['course'] }] },
      benefit: {
        type: 'quantity_tiers',
        tiers: [
          { minimum: 5, percent: '10' },
          { minimum: 20, percent: '15' },
        ],
      },
    }),
  )
  await importCatalog(commerce)
  await reduceCalculus(commerce)
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
  const { items } = await admin.products.list({ search: 'calculus' })
  const course = items.find(({ product }) => product.externalId === 'calculus-101')
  if (course === undefined) return
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
