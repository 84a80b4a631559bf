/** Files of a shop on SQLite that takes money, delivers, and is imported into and examined by the command. */
export const shopFiles = {
  'bursar.config.mjs': `import { localPlatform } from '@bursar/node/local-platform'
import { sqliteStorage } from '@bursar/node/sqlite'
import { testProcessor } from '@bursar/node/test-processor'

export default {
  storage: sqliteStorage({ file: 'shop.sqlite' }),
  payments: { test: testProcessor({ file: 'processor.sqlite' }) },
  fulfilment: {
    campus: localPlatform({ file: 'campus.sqlite', courses: [{ id: 'algebra', modes: [{ mode: 'verified' }] }] }),
  },
  site: 'main',
}
`,
  'purchase.mjs': `import { createCommerce } from '@bursar/core'
import config from './bursar.config.mjs'

const { site, ...options } = config
const commerce = createCommerce(options)
await commerce.migrate()
await commerce.install({
  operator: { id: 'acme', name: 'Acme' },
  seller: { id: 'acme-ltd', legalName: 'Acme Ltd', country: 'DE', currency: 'EUR' },
  site: { id: site, name: 'Acme Academy', country: 'DE', currencies: ['EUR'], hosts: ['localhost'] },
})
const { admin } = commerce.as({ type: 'system', site })
await admin.priceLists.create({ id: 'list', name: 'List prices', currency: 'EUR' })
const card = { id: 'card', processor: 'test', title: 'Card', mode: 'test', seller: 'acme-ltd', currencies: ['EUR'] }
await admin.paymentAccounts.create(card)
await admin.sites.update({ id: site, priceLists: ['list'], paymentAccounts: ['card'] })
const prices = [{ priceList: 'list', amount: 4900 }]
const fulfilment = { provider: 'campus', target: { course: 'algebra', mode: 'verified' } }
const { variants } = await admin.products.create({
  type: 'course',
  title: 'Algebra',
  publication: {},
  variants: [{ name: 'verified', prices, fulfilment, capacity: 1 }],
})
const buy = async (customerId) => {
  const learner = commerce.as({ type: 'customer', site, customerId })
  const { cart, quote } = await learner.carts.create({ lines: [{ lineId: 'algebra', variantId: variants[0].id }] })
  const expectedTotal = { amount: quote.total, currency: quote.currency }
  const checkout = { cartId: cart.id, expectedTotal, paymentToken: 'tok_approve' }
  const { order } = await learner.carts.checkout(checkout, { idempotencyKey: crypto.randomUUID() })
  await commerce.jobs.runDue()
  return learner.orders.get({ orderId: order.id })
}
const { state, money, delivery } = await buy('first')
const soldOut = await buy('second').catch((error) => error.code)
await admin.jobs.depth({})
const { items } = await admin.jobs.list({ state: 'parked' })
console.log(state, money.state, delivery, soldOut, items.length)
await commerce.close()
`,
  'courses.csv': 'id,title,type,price\ngeometry,Geometry,course,19.99\n',
}
