import { describe, expect, test } from 'vitest'
import type { LookupAnswer } from '../ports/index.ts'
import { type Code, codes, type Promotion, promotions } from '../promotion/index.ts'
import { counter, insert, readAll } from '../storage/index.ts'
import { assertHealthy } from '../testing/assert-healthy.ts'
import { shopFixture } from '../testing/shop-fixture.ts'
import { OPERATOR } from '../testing/shop-fixture-data.ts'
import type { CheckoutResult } from './checkout-api.ts'
import { settlePayment } from './settle-payment.ts'
import { startCheckout } from './start-checkout.ts'

const scope = { operator: OPERATOR }

/** A course at 100.00 is bought with a code for 20 % off that has a budget. Codes come back by this rule. */
async function grantShop(returnsUse: Code['returnsUse'], paymentToken = 'tok_approve') {
  const shop = await shopFixture()
  const promotion: Promotion = {
    ...{ id: 'pro_grant', name: 'Grant', sites: null, from: null, until: null, requiresCode: true, conditions: [] },
    ...{ benefit: { type: 'percent', percent: '20' }, stacking: 'combinable', priority: 0, status: 'active' },
    limits: { uses: 5, usesPerCustomer: null, money: [{ amount: 100_000, currency: 'EUR' }] },
  }
  const code: Code = {
    ...{ id: 'cod_grant', code: 'GRANT', site: '*', promotionId: 'pro_grant', uses: 3, returnsUse },
    ...{ from: null, until: null, status: 'active' },
  }
  await shop.storage.commit(scope, [insert(promotions, promotion.id, promotion), insert(codes, code.id, code)])
  const bought = await shop.buy({ codes: ['GRANT'], paymentToken })
  return {
    ...{ shop, bought },
    /** What is used of the budget and of the code. */
    used: async () => {
      const read = await readAll(shop.storage, scope, counter('budget:pro_grant:EUR'), counter('code:cod_grant'))
      return read.map((state) => state?.used)
    },
    /** The processor says, twice, that it has captured and given back so much of a payment. @default the first */
    hear: async (captured: number, refunded: number, { payment }: Pick<CheckoutResult, 'payment'> = bought) => {
      const lookup = async (_account: unknown, { reference }: { reference: string | null }): Promise<LookupAnswer> => ({
        outcome: 'found',
        payment: {
          ...{ reference: reference ?? 'ref', state: captured > 0 ? 'captured' : 'failed', captured, refunded },
          amount: { amount: 8000, currency: 'EUR' },
        },
      })
      const ports = { ...shop.ports, payments: { ...shop.ports.payments, test: { ...shop.processor, lookup } } }
      await settlePayment(ports, scope, payment?.id ?? '')
      await settlePayment(ports, scope, payment?.id ?? '')
      await assertHealthy(shop.storage, scope)
    },
  }
}

describe('money that goes back without a refund of ours', () => {
  test('gives its share back to the budget, and the use to the code by its rule, once', async () => {
    const { bought, used, hear } = await grantShop('whole_order')
    expect([bought.order.total, await used()]).toEqual([8000, [2000, 1]])
    await hear(8000, 2000)
    expect(await used()).toEqual([1500, 1])
    await hear(8000, 2001)
    expect(await used()).toEqual([1500, 1])
    await hear(8000, 8000)
    expect(await used()).toEqual([0, 0])
  })

  test('takes it again where it stays after all', async () => {
    const { used, hear } = await grantShop('whole_order')
    await hear(8000, 8000)
    expect(await used()).toEqual([0, 0])
    await hear(8000, 2000)
    expect(await used()).toEqual([1500, 1])
    await hear(8000, 0)
    expect(await used()).toEqual([2000, 1])
    await hear(8000, 8000)
    expect(await used()).toEqual([0, 0])
  })

  test.each([
    [8000, [0, 0]],
    [2000, [1500, 1]],
  ])('gives it back where %i are heard to have gone with the news that the money came', async (refunded, left) => {
    const { used, hear } = await grantShop('whole_order', 'tok_requires_action')
    await hear(8000, refunded)
    expect(await used()).toEqual(left)
    await hear(8000, 0)
    expect(await used()).toEqual([2000, 1])
  })

  test('gives it back where the rest of the money never came, and takes it again where it came after all', async () => {
    const { used, hear } = await grantShop('whole_order')
    await hear(8000, 2000)
    await hear(2000, 2000)
    expect(await used()).toEqual([0, 0])
    await hear(8000, 2000)
    expect(await used()).toEqual([1500, 1])
  })

  test('keeps what it gave where money fails of which nothing went back', async () => {
    const { used, hear } = await grantShop('always')
    await hear(0, 0)
    expect(await used()).toEqual([2000, 1])
  })

  test('takes it again where another attempt brings the money after all', async () => {
    const { shop, bought, used, hear } = await grantShop('always', 'tok_decline')
    const input = { ...bought.checkout.input, paymentToken: 'tok_approve' }
    const again = await startCheckout(shop.ports, shop.call(shop.customer()), input)
    await hear(8000, 8000, again)
    expect(await used()).toEqual([0, 0])
    await hear(8000, 0)
    expect(await used()).toEqual([2000, 1])
  })

  test('gives back the share of the order where it was paid twice and more than what was too much went back', async () => {
    const { shop, bought, used, hear } = await grantShop('whole_order', 'tok_decline')
    const input = { ...bought.checkout.input, paymentToken: 'tok_approve' }
    const again = await startCheckout(shop.ports, shop.call(shop.customer()), input)
    await hear(8000, 0)
    await hear(8000, 8000)
    await hear(8000, 4000, again)
    expect(await used()).toEqual([1000, 1])
    await hear(8000, 8000, again)
    expect(await used()).toEqual([0, 0])
  })

  test('gives nothing back where it was paid twice: the customer keeps the discount', async () => {
    const { shop, bought, used, hear } = await grantShop('always', 'tok_decline')
    const again = { ...bought.checkout.input, paymentToken: 'tok_approve' }
    await startCheckout(shop.ports, shop.call(shop.customer()), again)
    await hear(8000, 0)
    await hear(8000, 8000)
    expect(await used()).toEqual([2000, 1])
  })
})
