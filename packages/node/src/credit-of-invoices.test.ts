import { describe, expect, onTestFinished, test } from 'vitest'
import { customer, type RealShop, realShop } from './real-shop/real-shop.ts'

const CONSENTS = [{ kind: 'terms', textVersion: '1', locale: 'en', given: true }] as const

const priced = (amount: number) => [{ priceList: 'eur', amount }]

/** Courses A and B at 60.00, a program of both at 100.00, and a course with a lesser mode at 30.00 and a greater at 100.00. */
async function openShop() {
  const shop = await realShop()
  onTestFinished(() => shop.end())
  const { products } = shop.commerce.as({ type: 'system', site: 'main' }).admin
  const single = async (title: string) => {
    const made = await products.create({
      type: 'course',
      title,
      publication: {},
      variants: [{ name: 'standard', prices: priced(6000) }],
    })
    return made.variants[0]?.id ?? ''
  }
  const [a, b] = [await single('A'), await single('B')]
  const parts = [a, b].map((variantId, place) => ({ id: `part-${place}`, variantId }))
  const bundle = { parts, pricing: { type: 'own_price' }, ownedParts: 'credit_paid' } as const
  const program = await products.create({
    ...{ type: 'program', title: 'AB', publication: {} },
    variants: [{ name: 'standard', bundle, prices: priced(10_000) }],
  })
  const modes = await products.create({
    ...{ type: 'course', title: 'C', publication: {} },
    variants: [
      { name: 'audit', prices: priced(3000) },
      { name: 'verified', prices: priced(10_000) },
    ],
  })
  await products.update({
    productId: modes.product.id,
    variants: [{ name: 'verified', upgrade: { from: ['audit'], credit: 'money_paid' } }],
  })
  const [audit, verified] = modes.variants.map(({ id = '' }) => id)
  return { shop, a, ab: program.variants[0]?.id ?? '', audit: audit ?? '', verified: verified ?? '' }
}

const cartOf = (shop: RealShop, variantId: string) =>
  shop.commerce.as(customer('main', 'ann')).carts.create({ lines: [{ lineId: 'line', variantId }] })

async function buy(shop: RealShop, variantId: string, paymentAccount: 'card' | 'invoice') {
  const { cart, quote } = await cartOf(shop, variantId)
  const { order } = await shop.commerce.as(customer('main', 'ann')).carts.checkout(
    {
      ...{
        cartId: cart.id,
        expectedTotal: { amount: quote.total, currency: 'EUR' },
        paymentAccount,
        consents: CONSENTS,
      },
      ...(paymentAccount === 'card' ? { paymentToken: 'tok_approve' } : {}),
    },
    { idempotencyKey: `buys-${variantId}` },
  )
  return order
}

const adminOf = ({ commerce }: RealShop) => commerce.as({ type: 'system', site: 'main' }).admin

describe('what is owed on an invoice', () => {
  test('is left out of a program with its share, as long as it is', async () => {
    const { shop, a, ab } = await openShop()
    const invoice = await buy(shop, a, 'invoice')
    const { quote } = await cartOf(shop, ab)
    expect(quote.total).toBe(5000)
    expect(quote.lines[0]?.adjustments.map(({ reason }) => reason)).toContain('You have it already: A (not paid yet)')
    expect(quote.lines[0]?.leftOut).toMatchObject([{ variantId: a, credit: 0 }])
    await adminOf(shop).payments.capture({ paymentId: invoice.payment?.id ?? '' })
    expect((await cartOf(shop, ab)).quote.total).toBe(4000)
  })

  test('costs as much whether it is paid after the program or never', async () => {
    const { shop, a, ab } = await openShop()
    const invoice = await buy(shop, a, 'invoice')
    const program = await buy(shop, ab, 'card')
    expect([invoice.total, program.total]).toEqual([6000, 5000])
    await adminOf(shop).payments.capture({ paymentId: invoice.payment?.id ?? '' })
    expect(await shop.broken()).toEqual([])
  })

  test.each([
    ['paid', 7000],
    ['cancelled', 10_000],
  ])('has to be %s before it is upgraded', async (end, total) => {
    const { shop, audit, verified } = await openShop()
    const invoice = await buy(shop, audit, 'invoice')
    await expect(cartOf(shop, verified)).rejects.toMatchObject({ code: 'not_sellable', reason: 'being_bought' })
    const { payments, orders } = adminOf(shop)
    if (end === 'paid') await payments.capture({ paymentId: invoice.payment?.id ?? '' })
    else await orders.cancel({ orderId: invoice.id, reason: 'never paid' })
    expect((await buy(shop, verified, 'card')).total).toBe(total)
    expect(await shop.broken()).toEqual([])
  })
})
