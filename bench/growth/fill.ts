import { fillLoadShop, loadShop } from '../load/load-shop.ts'
import { openPlace, type Place } from '../load/place.ts'
import { courseRows, SITE } from '../shop.ts'
import { coursesOf, courseWord, LINES, nthId } from './nth.ts'
import { openRowStore, type RowStore } from './row-store.ts'
import { type Replacements, rowTemplate } from './row-template.ts'

/** A shop that was filled: what its requests are made of. */
export interface GrownShop {
  readonly place: Place
  /** Products, carts, customers and orders: so many of each. */
  readonly count: number
  /** Active promotions. */
  readonly promotions: number
  /** Ids of which the n-th are made. */
  readonly cart: string
  readonly variant: string
  /** An API key of staff. */
  readonly adminKey: string
}

/** Numbers that no other text holds: of the template's course and of its learner. */
const COURSE = 7770001
const LEARNER = 'learner-8880001'
/** What a cart and its price are made of. */
const READ_BY_CARTS = ['carts', 'customers', 'entitlements', 'products', 'variants', 'variantPrices', 'publications']
/** Rows that are written in one go. */
const BATCH = 5000

/**
 * Fills a shop. Core makes one of each: a product with variant, price and publication, a learner with a cart, an order that
 * was paid. Then their rows are written as often as is asked for straight into the tables, with other ids, names and moments.
 * What no request of this bench reads is not multiplied: journal, events, grants, holds, histories. A doctor would complain.
 */
export async function fillGrownShop(place: Place, count: number, promotions: number): Promise<GrownShop> {
  const { ids, adminKey } = await makeTemplate(place)
  const rows = await openRowStore(place)
  const [publication = ''] = await rows.find('publications', `_id = '${ids.products[0]}'`)
  await multiply(rows, count, productTables(ids), productTexts(publication))
  await multiply(rows, count, learnerTables(ids), learnerTexts(ids, count))
  await multiply(rows, promotions, { promotions: `_id = 'other'` }, promotionTexts(ids))
  await rows.close(READ_BY_CARTS)
  return { place, count, promotions, cart: ids.cart, variant: ids.variants[0] ?? '', adminKey }
}

interface TemplateIds {
  readonly products: readonly string[]
  readonly variants: readonly string[]
  readonly cart: string
  readonly order: string
  readonly number: string
}

async function makeTemplate(place: Place): Promise<{ ids: TemplateIds; adminKey: string }> {
  const commerce = loadShop(openPlace(place).storage)
  await commerce.migrate()
  // A short description: each word of it is a row of the search, for each product.
  const courses = courseRows(LINES + 1, COURSE).map((row) => ({ ...row, description: 'For beginners.' }))
  await fillLoadShop(commerce, courses)
  const { admin, products } = commerce.as({ type: 'system', site: SITE })
  const page = await products.list({ limit: LINES + 1 })
  const items = page.items.toSorted((left, right) => (left.title < right.title ? -1 : 1))
  const variants = items.flatMap((product) => product.variants.map(({ id }) => id))
  const promotion = {
    name: 'One off',
    conditions: [{ type: 'products' as const, products: [items[0]?.id ?? ''] }],
    benefit: { type: 'percent' as const, percent: '1' },
    status: 'archived' as const,
  }
  await admin.promotions.create({ id: 'other', ...promotion })
  const { secret } = await admin.apiKeys.create({ name: 'Staff', scopes: ['admin'] })
  const learner = commerce.as({ type: 'customer', site: SITE, customerId: LEARNER })
  const lines = variants.slice(0, LINES).map((variantId, place) => ({ lineId: `l${place}`, variantId }))
  const { cart } = await learner.carts.create({ lines })
  const bought = await learner.carts.create({ lines: [{ lineId: 'l0', variantId: variants[LINES] ?? '' }] })
  const expectedTotal = { amount: bought.quote.total, currency: bought.quote.currency }
  const input = { cartId: bought.cart.id, expectedTotal, paymentToken: 'tok_approve' }
  const { order } = await learner.carts.checkout(input, { idempotencyKey: 'template' })
  await commerce.jobs.runDue()
  await commerce.close()
  const ids = { products: items.map(({ id }) => id), variants, cart: cart.id, order: order.id, number: order.number }
  return { ids, adminKey: secret }
}

type Tables = Readonly<Record<string, string>>

function productTables({ products, variants }: TemplateIds): Tables {
  const [product, variant] = [`'${products[0]}'`, `'${variants[0]}'`]
  return {
    products: `_id = ${product}`,
    _tokens_products: `id = ${product}`,
    _facets_products: `id = ${product}`,
    variants: `_id = ${variant}`,
    variantPrices: `_id = ${variant}`,
    publications: `_id = ${product}`,
    _tokens_publications: `id = ${product}`,
    _facets_publications: `id = ${product}`,
  }
}

/** Each has a place of its own in the list, behind the template's. */
function productTexts(publication: string): Replacements {
  const place = /"place":(\d+)/.exec(publication)?.[1] ?? ''
  const next = (n: number) => `${(n + LINES + 2) * 1000}`
  return new Map([
    [`${COURSE}`, courseWord],
    [`place":${place}`, (n: number) => `place":${next(n)}`],
    [String.raw`place\":${place}`, (n: number) => String.raw`place\":${next(n)}`],
  ])
}

function learnerTables({ cart, order }: TemplateIds): Tables {
  return {
    customers: `"hostId" = '${LEARNER}'`,
    carts: `_id = '${cart}'`,
    orders: `_id = '${order}'`,
    payments: `"orderId" = '${order}'`,
    entitlements: `"orderId" = '${order}'`,
  }
}

/** The template's courses become those of the n-th cart, and the one that its owner has bought. */
function learnerTexts({ products, variants, number }: TemplateIds, count: number): Replacements {
  let [of, courses]: [number, number[]] = [-1, []]
  const course = (n: number, place: number) => {
    if (of !== n) [of, courses] = [n, coursesOf(n, count)]
    return courses[place] ?? 0
  }
  const [product = '', variant = ''] = [products[0], variants[0]]
  return new Map<string, (n: number) => string>([
    ...variants.map((id, place) => [id, (n: number) => nthId(variant, course(n, place))] as const),
    ...products.map((id, place) => [id, (n: number) => nthId(product, course(n, place))] as const),
    ...products.map((_id, place) => [`${COURSE + place}`, (n: number) => courseWord(course(n, place))] as const),
    [LEARNER, (n) => `learner-${n}`],
    [number, (n) => `N-${n}`],
    ['"reference":"', (n) => `"reference":"${n}-`],
    [String.raw`\"reference\":\"`, (n) => String.raw`\"reference\":\"${n}-`],
  ])
}

/** The first ten are of the courses that are wanted most; the others of courses that this shop does not sell. */
function promotionTexts({ products }: TemplateIds): Replacements {
  const [product = ''] = products
  return new Map([
    ['archived', () => 'active'],
    ['other', (n: number) => `promotion-${n}`],
    [product, (n: number) => nthId(product, n < 10 ? n : 500_000_000 + n)],
  ])
}

async function multiply(rows: RowStore, count: number, tables: Tables, texts: Replacements): Promise<void> {
  for (const [table, where] of Object.entries(tables)) {
    const found = await rows.find(table, where)
    if (found.length === 0) throw new Error(`The template has no row in ${table} where ${where}.`)
    const made = found.map((row) => rowTemplate(row, texts))
    for (let first = 0; first < count; first += BATCH) {
      const numbers = Array.from({ length: Math.min(BATCH, count - first) }, (_, index) => first + index)
      await rows.add(
        table,
        numbers.flatMap((n) => made.map((row) => row(n))),
      )
    }
  }
}
