import { createCommerceClient } from '../../client/index.ts'
import type { Commerce } from '../../commerce/commerce.ts'
import { createCommerce } from '../../commerce/index.ts'
import { type CommerceClient, clientBuilder, routes } from '../../contract/index.ts'
import type { Principal } from '../../ports/index.ts'
import { addresses, SYSTEM_SCOPE, siteAddress } from '../../site/index.ts'
import { insert } from '../../storage/index.ts'
import { expectOutcome } from '../expectations.ts'
import { shopFixture } from '../shop-fixture.ts'
import { OPERATOR } from '../shop-fixture-data.ts'
import { testFetch } from '../test-fetch.ts'
import type { CartStoreShop } from './cart-store-bench.ts'
import { call } from './faulty-network.ts'

const build = clientBuilder<CommerceClient>(routes)

const principal = (who: string | null, cartToken: string | undefined): Principal =>
  who === null
    ? { type: 'shopper', site: 'main', cartToken }
    : { type: 'customer', site: 'main', customerId: who, cartToken }

/** A small shop in memory whose tabs call it in process: `commerce.as(principal)`. */
export async function inProcessShop(): Promise<CartStoreShop> {
  const { commerce, confirm } = await smallCommerce()
  return {
    ...shopOf(commerce, confirm),
    client: (network, tab, who) =>
      network.client(
        build((operation, input, options) => call(commerce.as(principal(who(), undefined)), operation, input, options)),
        tab,
      ),
  }
}

/** The same, called by the remote client: each request is bytes. */
export async function remoteShop(): Promise<CartStoreShop> {
  const { commerce, confirm } = await smallCommerce()
  const fetch = testFetch(commerce, principal)
  return {
    ...shopOf(commerce, confirm),
    client: (network, tab, who) =>
      createCommerceClient({ baseUrl: 'https://shop.example', fetch: network.fetch(fetch, tab), token: who }),
  }
}

/** What the shopper does at the processor's field. */
type Confirm = (clientSecret: string) => Promise<unknown>

async function smallCommerce(): Promise<{ commerce: Commerce; confirm: Confirm }> {
  const { storage, runtime, ports, processor } = await shopFixture({ site: { currencies: ['EUR', 'USD'] } })
  const address = { id: siteAddress('main'), operator: OPERATOR, site: 'main' }
  const found = await storage.commit(SYSTEM_SCOPE, [insert(addresses, address.id, address)])
  expectOutcome(found, 'committed', 'the address of the site')
  const { payments, fulfilment, secrets } = ports
  return {
    commerce: createCommerce({ storage, runtime, payments, fulfilment, secrets }),
    confirm: (clientSecret) => processor.confirm(clientSecret, 'approve'),
  }
}

function shopOf(commerce: Commerce, confirm: Confirm): Omit<CartStoreShop, 'client'> {
  return {
    variantIds: ['var_book', 'var_service', 'var_course'],
    tooMany: 11,
    otherCurrency: 'USD',
    code: { typed: 'Free', id: 'cod_free' },
    direct: (who, cartToken) => commerce.as(principal(who, cartToken)),
    async order(client, { cart, quote }, meanwhile) {
      const guest = { email: 'guest@example.org', name: 'Gwen Guest' }
      const { order, payment } = await client.carts.checkout(
        {
          cartId: cart.id,
          expectedTotal: { amount: quote.total, currency: quote.currency },
          paymentAccount: 'card_main',
          paymentToken: meanwhile === undefined ? 'tok_approve' : 'tok_requires_action',
          guest,
        },
        { idempotencyKey: `order-${cart.id}` },
      )
      if (meanwhile !== undefined) {
        await meanwhile()
        await confirm(payment?.next?.type === 'client_secret' ? payment.next.clientSecret : '')
        await client.orders.refreshPayment({ orderId: order.id })
      }
      return order.id
    },
  }
}
