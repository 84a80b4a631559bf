import { expect, test } from 'vitest'
import { type Change, type Storage, StorageUnavailableError } from '../ports/index.ts'
import { memoryStorage } from '../storage/index.ts'
import { simulatedProcessor } from '../testing/index.ts'
import { testRuntime } from '../testing/test-runtime.ts'
import { createCommerce } from './create-commerce.ts'

const HOUR = 60 * 60_000

/** A shop whose storage may refuse commits by what they change, as one does whose disk is full. */
async function shopOnDisk(outcome: 'nothing' | 'unknown') {
  const runtime = testRuntime({ sleeps: 'at_once' })
  const inner = memoryStorage()
  let isRefused = (_changes: readonly Change[]): boolean => false
  const storage: Storage = {
    ...inner,
    commit: async (scope, changes, options) => {
      if (isRefused(changes)) throw new StorageUnavailableError('No space left on device', { outcome })
      return inner.commit(scope, changes, options)
    },
  }
  const processor = simulatedProcessor({ runtime })
  const commerce = createCommerce({ storage, runtime, payments: { test: processor }, secrets: (name) => name })
  await commerce.migrate()
  await commerce.install({
    operator: { id: 'acme', name: 'Acme' },
    seller: { id: 'acme-ltd', legalName: 'Acme Ltd', country: 'DE', currency: 'EUR' },
    site: { id: 'main', name: 'Main', country: 'DE', currencies: ['EUR'] },
  })
  const { admin } = commerce.as({ type: 'system', site: 'main' })
  await admin.priceLists.create({ id: 'eur', name: 'Euro', currency: 'EUR' })
  await admin.paymentAccounts.create({
    ...{ id: 'card', title: 'Card', processor: 'test', mode: 'test', seller: 'acme-ltd', currencies: ['EUR'] },
    secretRefs: { webhook: 'w', key: 'k' },
  })
  await admin.sites.update({ id: 'main', priceLists: ['eur'], paymentAccounts: ['card'] })
  const jobs = async (state: 'waiting' | 'parked') =>
    (await inner.jobs.list({ state, limit: 100 })).items.map(({ queue }) => queue).toSorted()
  return {
    ...{ commerce, admin, jobs },
    refuse(which: (changes: readonly Change[]) => boolean) {
      isRefused = which
    },
    async work(hours: number) {
      for (let hour = 0; hour < hours; hour += 1) {
        await runtime.advance(HOUR)
        await commerce.jobs.runDue()
      }
    },
  }
}

test.each(['nothing', 'unknown'] as const)(
  'however long the storage takes no writes (%s of them is stored), what is done over and over goes on after it',
  async (outcome) => {
    const { jobs, refuse, work } = await shopOnDisk(outcome)
    const rounds = ['carts.forget', 'keys.forget', 'keys.forget', 'payment.pull']
    await work(1)
    expect(await jobs('waiting')).toEqual(rounds)
    refuse(() => true)
    await work(60)
    expect(await jobs('parked')).toEqual([])
    refuse(() => false)
    await work(1)
    expect([await jobs('waiting'), await jobs('parked')]).toEqual([rounds, []])
  },
)

test('an order whose card was charged is placed once the storage has space for it, however late', async () => {
  const { commerce, admin, jobs, refuse, work } = await shopOnDisk('nothing')
  const { variants } = await admin.products.create({
    ...{ type: 'book', title: 'Book', publication: {} },
    variants: [{ name: 'standard', prices: [{ priceList: 'eur', amount: 1000 }] }],
  })
  const ann = commerce.as({ type: 'customer', site: 'main', customerId: 'ann' })
  const { cart } = await ann.carts.create({ lines: [{ lineId: 'a', variantId: variants[0]?.id ?? '' }] })
  // A table that cannot grow: what records money.
  refuse((changes) => changes.some((change) => 'in' in change && change.in === 'journal'))
  const checkout = ann.carts.checkout(
    {
      ...{ cartId: cart.id, expectedTotal: { amount: 1000, currency: 'EUR' } },
      ...{ paymentAccount: 'card', paymentToken: 'tok_approve' },
    },
    { idempotencyKey: 'a-key-of-its-own' },
  )
  await expect(checkout).rejects.toMatchObject({ code: 'unavailable' })
  await work(20)
  refuse(() => false)
  await work(2)
  expect(await jobs('parked')).toEqual([])
  const { items } = await admin.orders.list({})
  expect(items).toMatchObject([{ state: 'placed' }])
})
