import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { expect, test } from 'vitest'

const root = join(import.meta.dirname, '..', '..')
const source = (path: string) => import(pathToFileURL(join(root, 'packages', 'core', 'src', path)).href)
const page = () => readFileSync(join(root, 'docs', 'examples-pricing.md'), 'utf8')

/** The cells of each table row under a heading of the page, without the heads. */
function documented(heading: string): string[][] {
  const all = page()
  const start = all.indexOf(`## ${heading}`)
  if (start < 0) throw new Error(`The page has no heading ${heading}.`)
  const end = all.indexOf('\n## ', start + 3)
  const lines = all.slice(start, end < 0 ? undefined : end).split('\n')
  return lines.flatMap((line, at) => {
    const isHead = lines[at + 1]?.startsWith('| -') === true || line.startsWith('| -')
    return line.startsWith('|') && !isHead ? [cellsOf(line)] : []
  })
}

const cellsOf = (line: string): string[] =>
  line
    .split('|')
    .slice(1, -1)
    .map((cell) => cell.trim().replaceAll('`', ''))

const euros = (amount: number): string =>
  `${amount < 0 ? '-' : ''}${Math.floor(Math.abs(amount) / 100).toLocaleString('en-US')}.${String(Math.abs(amount) % 100).padStart(2, '0')}`

interface Step {
  reason: string
  amount: number
  included?: number
}

const stepRows = (adjustments: readonly Step[]) =>
  adjustments.map(({ reason, amount, included }) => [reason, euros(included ?? amount)])

interface Entry {
  account: string
  amount: number
  part?: string
}

async function journalRows(storage: Storage, stream: string): Promise<string[][]> {
  const query = { in: 'journal', index: 'stream', equals: [stream], limit: 100 }
  const { items } = await storage.list({ operator: 'campus' }, query)
  return items.flatMap(({ body: { cause, entries } }) =>
    entries.map(({ account, amount, part = '' }) => [cause.type, account, part, euros(amount)]),
  )
}

interface Storage {
  list(
    scope: object,
    query: object,
  ): Promise<{ items: { body: { cause: { type: string }; entries: readonly Entry[] } }[] }>
  read(scope: object, refs: readonly object[]): Promise<unknown[]>
}

/** The order's record and the inputs that it was priced from. */
async function frozen(storage: Storage, id: string) {
  const { byId, readAll } = await source('storage/index.ts')
  const { orders } = await source('order/index.ts')
  const { pricingInputs } = await source('pricing/index.ts')
  const [order] = await readAll(storage, { operator: 'campus', site: 'main' }, byId(orders, id))
  const [inputs] = await readAll(storage, { operator: 'campus' }, byId(pricingInputs, order.body.inputsHash))
  return { order: order.body, inputs: inputs.body }
}

test('an upgrade with a code, minutes before the deadline, refunded later', { timeout: 60_000 }, async () => {
  const { campusShop } = await source('testing/campus-shop.ts')
  const shop = await campusShop()
  const { admin } = shop.system
  const { audit, verified } = await shop.course('bees', { audit: 2900, verified: 14_900 })
  const [{ productId }] = (await admin.products.list({})).items.map(({ product }: { product: { id: string } }) => ({
    productId: product.id,
  }))
  const saleEndsAt = '2026-01-01T00:10:00.000Z'
  const upgrade = { from: ['audit'], credit: 'money_paid' }
  await admin.products.update({ productId, variants: [{ name: 'verified', saleEndsAt, upgrade }] })
  await admin.promotions.create({
    ...{ id: 'welcome', name: 'Welcome', requiresCode: true, benefit: { type: 'percent', percent: '20' } },
  })
  await admin.codes.create({ code: 'WELCOME', promotionId: 'welcome' })
  const first = await shop.buy('ann', [{ variantId: audit }])
  await shop.runtime.advance(7 * 60_000)
  const bought = await shop.buy('ann', [{ variantId: verified }], { codes: ['WELCOME'], paymentToken: 'tok_late' })
  await shop.runtime.advance(60 * 60_000)
  await shop.runJobs()
  await shop.runJobs()
  expect(shop.platform.enrolments()).toMatchObject([{ learner: 'ann', course: 'bees', mode: 'verified' }])
  const { order, inputs } = await frozen(shop.storage, bought.order.id)
  const { reckonRefund, sharesAsSold } = await source('refund/index.ts')
  const [line] = order.lines
  const chosen = [{ unit: 1, part: 'all' }]
  const refund = reckonRefund({ line, shares: sharesAsSold(line), chosen, rule: 'share', replay: null })
  const amount = refund.amount
  expect(inputs.shopper.owned).toMatchObject({ variants: [audit], paid: { [audit]: { amount: 2900 } } })
  expect(documented('A learner upgrades')).toEqual([
    ...stepRows(line.adjustments),
    ...(await journalRows(shop.storage, first.order.id)),
    ...(await journalRows(shop.storage, order.id)),
    [line.refundRule, euros(amount.total), euros(amount.net), euros(amount.tax)],
  ])
})

test('a company buys 50 programs at a tier and gives five back', { timeout: 60_000 }, async () => {
  const { campusShop } = await source('testing/campus-shop.ts')
  const shop = await campusShop()
  const { admin } = shop.system
  const prices = [10_000, 8000, 6000, 4000]
  const courses: string[] = []
  for (const [place, amount] of prices.entries()) {
    const list = [{ priceList: 'eur', amount }]
    courses.push(await shop.product('course', `Course ${place + 1}`, { prices: list }))
  }
  const parts = courses.map((variantId, place) => ({ id: `c${place + 1}`, variantId }))
  const pricing = { type: 'sum_less_percent', percent: '10' }
  const program = await shop.product('program', 'Program', {
    ...{ bundle: { parts, pricing, ownedParts: 'leave_out' }, maximumQuantity: 100, refundRule: 'reprice' },
  })
  const tiers = [
    { minimum: 10, percent: '10' },
    { minimum: 50, percent: '15' },
  ]
  await admin.promotions.create({ id: 'team', name: 'Team', benefit: { type: 'quantity_tiers', tiers } })
  const bought = await shop.buy('company', [{ variantId: program, quantity: 50 }])
  const { order, inputs } = await frozen(shop.storage, bought.order.id)
  const { reckonRefund, replayLine, sharesAsSold } = await source('refund/index.ts')
  const [line] = order.lines
  const units = [46, 47, 48, 49, 50]
  const chosen = units.flatMap((unit) => parts.map(({ id }) => ({ unit, part: id })))
  const replay = replayLine(order, line, { inputs })
  const refunds = ['share', 'reprice'].map((rule) => {
    const { amount, shares } = reckonRefund({ line, shares: sharesAsSold(line), chosen, rule, replay })
    const kept = shares.kept.reduce((sum: number, { total }: { total: number }) => sum + total, 0)
    return [rule, euros(amount.total), euros(amount.net), euros(amount.tax), euros(kept)]
  })
  expect(line.refundRule).toBe('reprice')
  expect(documented('A company buys fifty places')).toEqual([
    ...stepRows(line.adjustments),
    ...(await journalRows(shop.storage, order.id)),
    ...refunds,
  ])
})
