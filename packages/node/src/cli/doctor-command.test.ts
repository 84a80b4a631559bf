import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterEach, expect, test } from 'vitest'
import { endCommandLines, startCommandLine } from '../testing/command-line.ts'
import { commandLineShop } from '../testing/command-line-shop.ts'

afterEach(endCommandLines)

/** A shop of which the processor gave 5.00 of 20.00 back. */
async function goodwillShop(): Promise<string> {
  const { cwd, processor, admin, ann, sell, buy, close } = await commandLineShop()
  const { order, payment } = await buy(await sell('book', 2000))
  const { record } = await admin.payments.get({ paymentId: payment?.id ?? '' })
  await processor.refund(
    { id: 'card', mode: 'test', secret: async (name) => name },
    { key: 'goodwill', reference: record.reference ?? '', amount: { amount: 500, currency: 'EUR' } },
  )
  await ann.orders.refreshPayment({ orderId: order.id })
  await close()
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
