import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { expect, test } from 'vitest'

const root = join(import.meta.dirname, '..', '..')
const source = (path: string) => import(pathToFileURL(join(root, 'packages', 'core', 'src', path)).href)

/** Cause and sums by account, the way in which the page's table has them. */
type Row = Record<string, string | number>

const documented = (): Row[] => {
  const page = readFileSync(join(root, 'docs', 'journal.md'), 'utf8')
  const lines = page.slice(page.indexOf('## Worked example')).split('\n')
  const [head = [], , ...rows] = lines.filter((line) => line.startsWith('|')).map(cellsOf)
  return rows.map((cells) =>
    Object.fromEntries(
      cells.flatMap((cell, at) => {
        if (cell === '') return []
        return [[at === 0 ? 'cause' : (head[at] ?? ''), at === 0 ? cell : Number(cell)]]
      }),
    ),
  )
}

const cellsOf = (line: string): string[] =>
  line
    .split('|')
    .slice(1, -1)
    .map((cell) => cell.trim().replaceAll('`', ''))

const recorded = async (): Promise<Row[]> => {
  const { createCommerce, memoryStorage } = await source('index.ts')
  const { simulatedProcessor } = await source('testing/index.ts')
  const storage = memoryStorage()
  const processor = simulatedProcessor()
  const commerce = createCommerce({ storage, payments: { test: processor } })
  await commerce.migrate()
  const admin = await install(commerce)
  const { variants } = await admin.products.create({
    type: 'course',
    title: 'Algebra',
    publication: {},
    variants: [{ name: 'verified', prices: [{ priceList: 'list', amount: 4900 }] }],
  })
  const learner = commerce.as({ type: 'customer', site: 'main', customerId: 'learner-1' })
  const lines = [{ lineId: 'algebra', variantId: variants[0].id }]
  const { cart } = await learner.carts.create({ lines })
  const { quote } = await learner.carts.applyCode({ cartId: cart.id, code: 'WELCOME20' })
  const input = {
    cartId: cart.id,
    expectedTotal: { amount: quote.total, currency: quote.currency },
    paymentToken: 'tok_approve',
  }
  const { order } = await learner.carts.checkout(input, { idempotencyKey: 'key-of-the-example' })
  for (const { account, reference } of processor.payments()) processor.failCapture({ account, reference })
  await learner.orders.refreshPayment({ orderId: order.id })
  const query = { in: 'journal', index: 'stream', equals: [order.id], limit: 100 }
  const { items }: { items: { body: Transaction }[] } = await storage.list({ operator: 'acme' }, query)
  return items.map(({ body }) => rowOf(body))
}

interface Transaction {
  cause: { type: string }
  entries: readonly { account: string; amount: number }[]
}

const rowOf = ({ cause, entries }: Transaction): Row => {
  const row: Record<string, number> = {}
  for (const { account, amount } of entries) row[account] = (row[account] ?? 0) + amount
  return { cause: cause.type, ...row }
}

const install = async (commerce: Awaited<ReturnType<typeof source>>) => {
  await commerce.install({
    operator: { id: 'acme', name: 'Acme' },
    seller: { id: 'acme-ltd', legalName: 'Acme Ltd', country: 'DE', currency: 'EUR' },
    site: { id: 'main', name: 'Acme Academy', country: 'DE', currencies: ['EUR'] },
  })
  const { admin } = commerce.as({ type: 'system', site: 'main' })
  await admin.priceLists.create({ id: 'list', name: 'List prices', currency: 'EUR' })
  await admin.taxRates.create({ id: 'de', country: 'DE', category: '*', name: 'VAT', rate: '19' })
  await admin.promotions.create({
    id: 'welcome',
    name: 'Welcome',
    requiresCode: true,
    benefit: { type: 'percent', percent: '20' },
  })
  await admin.codes.create({ code: 'WELCOME20', promotionId: 'welcome' })
  const account = { processor: 'test', title: 'Card', mode: 'test', seller: 'acme-ltd', currencies: ['EUR'] }
  await admin.paymentAccounts.create({ id: 'acme-card', ...account })
  await admin.sites.update({ id: 'main', priceLists: ['list'], paymentAccounts: ['acme-card'] })
  return admin
}

test('the journal writes what the worked example of its page says', async () => {
  const rows = documented()
  expect(rows).toHaveLength(3)
  expect(await recorded()).toEqual(rows)
})
