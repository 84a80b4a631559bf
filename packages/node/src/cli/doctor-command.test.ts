import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { createCommerce } from '@bursar/core'
import { afterEach, expect, test } from 'vitest'
import { sqliteStorage } from '../sqlite/index.ts'
import { testProcessor } from '../test-processor/index.ts'
import { CONFIG, endCommandLines, folderWith, startCommandLine } from '../testing/command-line.ts'

afterEach(endCommandLines)

/** A shop of which the processor gave 5.00 of 20.00 back. */
async function goodwillShop(): Promise<string> {
  const cwd = await folderWith({ 'bursar.config.ts': CONFIG })
  const processor = testProcessor({ file: ':memory:' })
  const commerce = createCommerce({
    ...{ storage: sqliteStorage({ file: join(cwd, 'shop.sqlite') }), payments: { test: processor } },
    secrets: (ref) => ref,
  })
  await commerce.migrate()
  await commerce.install({
    operator: { id: 'opr_test', name: 'Test' },
    seller: { id: 'seller', legalName: 'Test Press', country: 'DE', currency: 'EUR' },
    site: { id: 'main', name: 'Main', country: 'DE', currencies: ['EUR'] },
  })
  const { admin } = commerce.as({ type: 'system', site: 'main' })
  await admin.priceLists.create({ id: 'list', name: 'List prices', currency: 'EUR' })
  await admin.paymentAccounts.create({
    ...{ id: 'card', processor: 'test', mode: 'test', seller: 'seller', currencies: ['EUR'], title: 'Card' },
    secretRefs: { key: 'key', webhook: 'webhook' },
  })
  await admin.sites.update({ id: 'main', priceLists: ['list'], paymentAccounts: ['card'] })
  const { variants } = await admin.products.create({
    ...{ type: 'book', title: 'Book', publication: {} },
    variants: [{ name: 'one', prices: [{ priceList: 'list', amount: 2000 }] }],
  })
  const { carts, orders } = commerce.as({ type: 'customer', site: 'main', customerId: 'ann' })
  const { cart } = await carts.create({ lines: [{ lineId: 'a', variantId: variants[0]?.id ?? '' }] })
  const bought = { cartId: cart.id, expectedTotal: { amount: 2000, currency: 'EUR' }, paymentToken: 'tok_approve' }
  const { order, payment } = await carts.checkout(bought, { idempotencyKey: 'ann-buys-a-book' })
  const { record } = await admin.payments.get({ paymentId: payment?.id ?? '' })
  await processor.refund(
    { id: 'card', mode: 'test', secret: async (name) => name },
    { key: 'goodwill', reference: record.reference ?? '', amount: { amount: 500, currency: 'EUR' } },
  )
  await orders.refreshPayment({ orderId: order.id })
  await commerce.close()
  processor.close()
  return cwd
}

test('a case exits with 1, or with 0 where cases are allowed; a broken rule always with 1', {
  timeout: 60_000,
}, async () => {
  const cwd = await goodwillShop()
  const doctor = async (...args: string[]) => {
    const run = startCommandLine(cwd, ['doctor', ...args])
    return [await run.ended, run.output()]
  }
  const found = expect.stringMatching(
    /Nothing is broken; 1 case waits for a person:\n {2}case {3}I3 +ord_\w+: 500 of 2000/,
  )
  expect(await doctor()).toEqual([1, found])
  expect(await doctor('--allow-cases')).toEqual([0, found])
  const database = new DatabaseSync(join(cwd, 'shop.sqlite'))
  database.exec("UPDATE orders SET _body = json_set(_body, '$.discount', 7)")
  database.close()
  expect(await doctor('--allow-cases')).toEqual([1, expect.stringContaining('a rule is broken')])
})
