import type { CustomerPrincipal } from '../../ports/index.ts'
import type { Quote } from '../../pricing/index.ts'
import { SHOP_IDS } from '../shop-fixture-data.ts'
import type { Promises } from './promises.ts'
import { isRefused, type Person, request, think } from './request.ts'
import type { World } from './world.ts'

const TOKENS = [
  'tok_approve',
  'tok_approve',
  'tok_approve',
  'tok_decline',
  'tok_timeout_before',
  'tok_timeout_after',
  'tok_late',
  'tok_twice',
  'tok_out_of_order',
  'tok_slow',
  'tok_requires_action',
  'tok_requires_action',
  'tok_capture_fails_later',
  'tok_late_decline',
]
const VARIANTS = [
  SHOP_IDS.variants.course,
  SHOP_IDS.variants.book,
  SHOP_IDS.variants.audit,
  SHOP_IDS.variants.service,
  SHOP_IDS.variants.program,
]

/** Somebody who buys: puts things in a cart, changes their mind, presses twice, gives up, comes back. */
export async function shopperLife(world: World, name: string, promises: Promises): Promise<void> {
  const { random } = world
  const site = random.percent(80) ? SHOP_IDS.sites.main : SHOP_IDS.sites.north
  const principal = { type: 'customer', site, customerId: name } as const
  const purchases = 1 + random.below(2)
  for (let purchase = 0; purchase < purchases; purchase += 1) {
    const windows: Promise<unknown>[] = []
    await buyOnce(world, { name: `${name}-${purchase}`, principal, windows }, promises)
    await think(world)
    await Promise.all(windows)
  }
}

interface Buyer extends Person {
  readonly principal: CustomerPrincipal
  /** What they do in windows of their bank that they left open. */
  readonly windows: Promise<unknown>[]
}

async function buyOnce(world: World, buyer: Buyer, promises: Promises): Promise<void> {
  const { random } = world
  const cartId = await firstCart(world, buyer, promises)
  if (cartId === null) return
  if (random.percent(40)) {
    await request(world, buyer, promises, ({ carts }) => carts.applyCode({ cartId, code: 'SPRING' }))
  }
  for (let attempt = 1; attempt <= 3; attempt += 1) {
    const seen = await request(world, buyer, promises, ({ carts }) => carts.get({ cartId }))
    if (seen === null || isRefused(seen) || seen.cart.orderId !== null) return
    await think(world)
    const done = await checkOut(world, buyer, promises, { cartId, quote: seen.quote, attempt })
    if (done) return
    if (random.percent(30)) {
      await request(world, buyer, promises, ({ carts }) =>
        carts.addLine({ cartId, lineId: 'more', variantId: SHOP_IDS.variants.book }),
      )
    }
  }
}

async function firstCart(world: World, buyer: Buyer, promises: Promises): Promise<string | null> {
  const { random } = world
  const lines = Array.from({ length: 1 + random.below(2) }, (_, n) => {
    const variantId = random.pick(VARIANTS)
    const quantity = variantId === SHOP_IDS.variants.program && random.percent(50) ? 2 : 1
    return { lineId: `line-${n}`, variantId, quantity }
  })
  const made = await request(world, buyer, promises, ({ carts }) => carts.create({ lines }))
  return made === null || isRefused(made) ? null : made.cart.id
}

/** Presses "buy", perhaps twice, and follows it until there is an answer. True when there is no more to do. */
async function checkOut(
  world: World,
  buyer: Buyer,
  promises: Promises,
  { cartId, quote, attempt }: { cartId: string; quote: Quote; attempt: number },
): Promise<boolean> {
  const { random } = world
  const key = `key-${buyer.name}-${attempt}`
  const payment = quote.total === 0 ? {} : howToPay(world, buyer)
  const input = { cartId, expectedTotal: { amount: quote.total, currency: quote.currency }, ...payment }
  const press = (own: string) =>
    request(world, buyer, promises, ({ carts }) => carts.checkout(input, { idempotencyKey: own }))
  const second = random.percent(25) ? press(random.percent(50) ? key : `${key}-again`) : null
  const answer = await press(key)
  await second
  if (answer === null) return true
  if (isRefused(answer))
    return answer.code !== 'price_changed' && answer.code !== 'code_not_valid' && answer.code !== 'sold_out'
  const orderId = answer.order.id
  promises.orders.push({ buyer: buyer.name, principal: buyer.principal, cartId, input, key, orderId })
  await think(world)
  if (answer.payment?.next?.type === 'client_secret') await atTheBank(world, buyer, answer.payment.next.clientSecret)
  if (random.percent(20)) await peek(world, buyer, promises, orderId)
  const order = await request(world, buyer, promises, ({ orders }) =>
    random.percent(50) ? orders.refreshPayment({ orderId }) : orders.get({ orderId }),
  )
  if (order === null || isRefused(order) || order.state !== 'pending') return true
  const status = order.payment?.status
  return status === 'requires_action' ? random.percent(50) : status !== 'failed'
}

/** 3-D Secure: they confirm, perhaps twice, or in a window that they come back to much later, or walk away. */
async function atTheBank(world: World, { windows }: Buyer, clientSecret: string): Promise<void> {
  const { random, processor } = world
  const confirm = () =>
    processor.confirm(clientSecret, random.pick(['approve', 'approve', 'approve', 'decline', 'pay_late'] as const))
  const way = random.below(10)
  if (way < 6) await confirm()
  if (way === 5) await confirm()
  if (way === 6 || way === 7) windows.push(comeBack(world).then(confirm))
}

/** After a while, or when the payment's time is over. */
async function comeBack(world: World): Promise<void> {
  const minutes = world.random.pick([1, 1, 5, 29, 31])
  await world.scheduler.runtimeOf(world.life).sleep(minutes * 60_000)
}

/** With a card, or on account where the site offers that. */
function howToPay({ random }: World, { principal }: Buyer): { paymentToken: string } | { paymentAccount: string } {
  const isInvoice = principal.site === SHOP_IDS.sites.main && random.percent(20)
  return isInvoice ? { paymentAccount: SHOP_IDS.accounts.invoice } : { paymentToken: random.pick(TOKENS) }
}

/** Asks for the order at the other site, and as somebody else: nobody there may find it. */
async function peek(world: World, { name, principal }: Buyer, promises: Promises, orderId: string): Promise<void> {
  const { main, north } = SHOP_IDS.sites
  const elsewhere = principal.site === main ? north : main
  for (const stranger of [
    { ...principal, site: elsewhere },
    { type: 'customer', site: principal.site, customerId: 'a-stranger' },
  ] as const) {
    const answer = await request(world, { name, principal: stranger }, promises, ({ orders }) =>
      orders.get({ orderId }),
    )
    if (answer === null || (isRefused(answer) && answer.code === 'not_found')) continue
    promises.strange.push(`I13: order ${orderId} was shown to ${stranger.customerId} at ${stranger.site}`)
  }
}
