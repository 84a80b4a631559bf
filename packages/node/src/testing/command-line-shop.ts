import { join } from 'node:path'
import { createCommerce } from '@bursar/core'
import { sqliteStorage } from '../sqlite/index.ts'
import { testProcessor } from '../test-processor/index.ts'
import { CONFIG, folderWith } from './command-line.ts'

/** A shop in a folder for the command line: its site sells in euros by cards, and Ann buys in it until it is closed. */
export async function commandLineShop(files: Record<string, string> = {}) {
  const cwd = await folderWith({ 'bursar.config.ts': CONFIG, ...files })
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
  const ann = commerce.as({ type: 'customer', site: 'main', customerId: 'ann' })
  await admin.priceLists.create({ id: 'list', name: 'List prices', currency: 'EUR' })
  await admin.paymentAccounts.create({
    ...{ id: 'card', processor: 'test', mode: 'test', seller: 'seller', currencies: ['EUR'], title: 'Card' },
    secretRefs: { key: 'key', webhook: 'webhook' },
  })
  await admin.sites.update({ id: 'main', priceLists: ['list'], paymentAccounts: ['card'] })
  return {
    ...{ cwd, processor, admin, ann },
    /** The id of the variant that is sold from now on. */
    async sell(type: string, amount: number): Promise<string> {
      const variant = { name: 'one', prices: [{ priceList: 'list', amount }] }
      const made = await admin.products.create({ type, title: type, publication: {}, variants: [variant] })
      return made.variants[0]?.id ?? ''
    },
    async buy(variantId: string) {
      const { cart, quote } = await ann.carts.create({ lines: [{ lineId: 'a', variantId }] })
      const expectedTotal = { amount: quote.total, currency: quote.currency }
      const input = { cartId: cart.id, expectedTotal, paymentToken: 'tok_approve' }
      return ann.carts.checkout(input, { idempotencyKey: 'ann-buys-a-book' })
    },
    async close() {
      await commerce.close()
      processor.close()
    },
  }
}
