import { describe, expect, it } from 'vitest'
import type { VariantInput } from '../catalog/index.ts'
import type { OrderView } from '../order/index.ts'
import { type CampusShop, campusShop } from '../testing/campus-shop.ts'

const ANN = 'ann'

/** Courses A, B and C at 60.00, two programs with A at 100.00, and upgrades of A's mode. */
async function programShop(changes: Partial<VariantInput> = {}) {
  const shop = await campusShop()
  const modes = { verified: 6000, credit: 10_000, professional: 20_000 }
  const { verified: a = '', credit: more = '', professional: most = '' } = await shop.course('bees', modes, changes)
  const { verified: b = '' } = await shop.course('ants', { verified: 6000 })
  const { verified: c = '' } = await shop.course('wasps', { verified: 6000 })
  const program = (title: string, parts: readonly string[], amount: number) =>
    shop.product('program', title, {
      bundle: {
        parts: parts.map((variantId, place) => ({ id: `part-${place}`, variantId })),
        ...{ pricing: { type: 'own_price' }, ownedParts: 'credit_paid' },
      },
      prices: [{ priceList: 'eur', amount }],
    })
  const { products } = shop.system.admin
  const found = (await products.list({})).items.find(({ product }) => product.title === 'bees')
  const upgrade = { from: ['verified'], credit: 'money_paid' as const }
  await products.update({
    productId: found?.product.id ?? '',
    variants: ['credit', 'professional'].map((name) => ({ name, upgrade })),
  })
  const ids = { a, b, c, more, most, ab: await program('AB', [a, b], 10_000), ac: await program('AC', [a, c], 10_000) }
  const small = await program('Small', [a, c], 1000)
  return { shop, ids: { ...ids, small } }
}

async function buy(shop: CampusShop, variantId: string, paymentToken?: string): Promise<OrderView> {
  const { order } = await shop.buy(ANN, [{ variantId }], paymentToken === undefined ? {} : { paymentToken })
  return order
}

async function lineOf(shop: CampusShop, variantId: string) {
  const { quote } = await shop.as(ANN).carts.create({ lines: [{ lineId: 'p', variantId }] })
  const [line] = quote.lines
  return { total: quote.total, reasons: line?.adjustments.map(({ reason }) => reason), leftOut: line?.leftOut }
}

describe('what an order has credited is not credited again by another', () => {
  it('program: it leaves the course out, as the second line of one cart does', async () => {
    const { shop, ids } = await programShop()
    await buy(shop, ids.a)
    const both = { lines: [ids.ab, ids.ac].map((variantId, place) => ({ lineId: `${place}`, variantId })) }
    expect((await shop.as(ANN).carts.create(both)).quote.lines.map(({ total }) => total)).toEqual([4000, 5000])
    expect((await buy(shop, ids.ab)).total).toBe(4000)
    const { total, reasons, leftOut } = await lineOf(shop, ids.ac)
    expect(total).toBe(5000)
    expect(reasons).toContain('You have it already: bees (another order has the credit)')
    expect(leftOut).toMatchObject([{ variantId: ids.a, credit: 0 }])
    expect((await buy(shop, ids.ac)).total).toBe(5000)
  })

  it('upgrade, and its step says so', async () => {
    const { shop, ids } = await programShop()
    await buy(shop, ids.a)
    expect((await buy(shop, ids.more)).total).toBe(4000)
    const { total, reasons } = await lineOf(shop, ids.most)
    expect(total).toBe(20_000)
    expect(reasons).toContain('Upgrade: another order has the credit (verified)')
    expect((await lineOf(shop, ids.ab)).total).toBe(5000)
  })

  it('but what is left of it is', async () => {
    const { shop, ids } = await programShop()
    await buy(shop, ids.a)
    expect((await buy(shop, ids.small)).total).toBe(0)
    const upgrade = await lineOf(shop, ids.more)
    expect(upgrade.total).toBe(5000)
    expect(upgrade.reasons).toContain('Upgrade: credit for what you paid, less what another order credited (verified)')
    // 50.00 are left, and its share is 50.00 as well.
    expect((await lineOf(shop, ids.ab)).total).toBe(5000)
    await buy(shop, ids.more)
    expect((await lineOf(shop, ids.most)).total).toBe(20_000)
  })

  it('a list price of what the platform gave, too', async () => {
    const shop = await campusShop()
    const modes = await shop.course('bees', { audit: 3000, verified: 10_000, credit: 20_000 })
    const { products } = shop.system.admin
    const upgrade = { from: ['audit'], credit: 'list_price_now' as const }
    const variants = ['verified', 'credit'].map((name) => ({ name, upgrade }))
    await products.update({ productId: (await products.list({})).items[0]?.product.id ?? '', variants })
    shop.platform.enrol({ learner: ANN, course: 'bees', mode: 'audit' })
    expect((await lineOf(shop, modes.credit ?? '')).total).toBe(17_000)
    expect((await buy(shop, modes.verified ?? '')).total).toBe(7000)
    expect((await lineOf(shop, modes.credit ?? '')).total).toBe(20_000)
  })

  it('for each payment by itself: what was bought again, once the right had ended, is credited', async () => {
    const { shop, ids } = await programShop({ validityDays: 30 })
    await buy(shop, ids.a)
    await buy(shop, ids.ab)
    expect((await lineOf(shop, ids.ac)).total).toBe(5000)
    await shop.runtime.advance(30 * 24 * 60 * 60_000)
    await buy(shop, ids.a)
    expect((await lineOf(shop, ids.ac)).total).toBe(4000)
  })
})

describe('what an order credited is there again', () => {
  it('once it is cancelled or was never paid, and not while it waits for its money', async () => {
    const { shop, ids } = await programShop()
    await buy(shop, ids.a)
    const waiting = await buy(shop, ids.ab, 'tok_requires_action')
    expect(waiting).toMatchObject({ state: 'pending', total: 4000 })
    expect((await lineOf(shop, ids.ac)).total).toBe(5000)
    await shop.settle(shop.system.admin.orders.cancel({ orderId: waiting.id, reason: 'not wanted' }))
    expect((await lineOf(shop, ids.ac)).total).toBe(4000)
    await buy(shop, ids.ab, 'tok_decline')
    expect((await lineOf(shop, ids.ac)).total).toBe(5000)
    await shop.runtime.advance(3 * 60 * 60_000)
    await shop.runJobs()
    expect((await lineOf(shop, ids.ac)).total).toBe(4000)
  })

  it('once all of its money went back, and not with a part of it', async () => {
    const { shop, ids } = await programShop()
    await buy(shop, ids.a)
    const program = await buy(shop, ids.ab)
    await shop.refundElsewhere(ANN, program.id, 3999)
    expect((await lineOf(shop, ids.ac)).total).toBe(5000)
    await shop.refundElsewhere(ANN, program.id, 1)
    expect((await lineOf(shop, ids.ac)).total).toBe(4000)
  })

  it('to the cart whose own order holds it, when it is checked out again', async () => {
    const { shop, ids } = await programShop()
    await buy(shop, ids.a)
    const { carts } = shop.as(ANN)
    const { cart, quote } = await carts.create({ lines: [{ lineId: 'p', variantId: ids.ab }] })
    const input = { cartId: cart.id, expectedTotal: { amount: quote.total, currency: quote.currency } }
    const declined = await carts.checkout(
      { ...input, paymentToken: 'tok_decline' },
      { idempotencyKey: 'the-first-attempt' },
    )
    expect((await carts.get({ cartId: cart.id })).quote.total).toBe(4000)
    const paid = await carts.checkout(
      { ...input, paymentToken: 'tok_approve' },
      { idempotencyKey: 'the-second-attempt' },
    )
    expect(paid.order).toMatchObject({ id: declined.order.id, state: 'placed', total: 4000 })
    const changed = await carts.create({ lines: [{ lineId: 'p', variantId: ids.ac }] })
    expect(changed.quote.total).toBe(5000)
  })
})

it('two carts that are checked out at once credit one payment once', async () => {
  const { shop, ids } = await programShop()
  await buy(shop, ids.a)
  const { carts } = shop.as(ANN)
  const made = await Promise.all(
    [ids.ab, ids.ac].map((variantId) => carts.create({ lines: [{ lineId: 'p', variantId }] })),
  )
  expect(made.map(({ quote }) => quote.total)).toEqual([4000, 4000])
  const start = ({ cart, quote }: (typeof made)[number]) =>
    carts
      .checkout(
        {
          cartId: cart.id,
          expectedTotal: { amount: quote.total, currency: quote.currency },
          paymentToken: 'tok_approve',
        },
        { idempotencyKey: cart.id },
      )
      .then(
        ({ order }) => order.state as string,
        (error) => error.code as string,
      )
  const ends = await shop.settle(Promise.all(made.map(start)))
  expect([...ends].sort()).toEqual(['placed', 'price_changed'])
})
