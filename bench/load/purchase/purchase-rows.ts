import { nthId } from '../../growth/nth.ts'
import { type Replacements, rowTemplate } from '../../growth/row-template.ts'
import { SITE } from '../../shop.ts'
import { loadShop } from '../load-shop.ts'
import { openPlace, type Place } from '../place.ts'

/** A row that core wrote, by column. */
export type Row = Readonly<Record<string, unknown>>

/** The values of a row of the n-th purchase, in the order of the columns. */
export interface RowMaker {
  readonly table: string
  readonly columns: readonly string[]
  values(n: number): unknown[]
}

/** Who buys once, and where; each floor has a learner of its own. */
export interface PurchaseTemplate {
  readonly place: Place
  readonly customerId: string
}

/** What one purchase leaves behind, made anew for the n-th, by when it is written; and what is answered. */
export interface PurchaseRows {
  /** With the cart. */
  readonly created: readonly RowMaker[]
  /** Before the processor is asked: new rows, and the cart. */
  readonly frozen: readonly RowMaker[]
  readonly frozenCart: RowMaker
  /** After it has answered: rows that are there, and new ones. */
  readonly settledThere: readonly RowMaker[]
  readonly settled: readonly RowMaker[]
  /** What is done after the answer: the job of a delivery, and the grant as it is then. */
  readonly job: RowMaker
  readonly delivered: RowMaker
  /** What the two requests are answered. */
  createAnswer(n: number): string
  checkoutAnswer(n: number): string
  cartId(n: number): string
  learner(n: number): string
  orderKey(n: number): string
}

/** Buys once through core as this learner, and takes what it has written as the template of all purchases of a floor. */
export async function purchaseRows(
  { place, customerId }: PurchaseTemplate,
  find: (table: string, where: string) => Promise<Row[]>,
): Promise<PurchaseRows> {
  const { made, bought, deliver } = await buyOnce(place, customerId)
  const { order } = bought
  const [cart, id] = [made.cart.id, order.id]
  const ofCustomer = `"hostId" = '${customerId}'`
  const [customer] = await find('customers', ofCustomer)
  const [stored] = await find('orders', `_id = '${id}'`)
  const inputs = bodyOf(stored).inputsHash
  const records = await find('idempotencyRecords', `cast(_body as text) like '%${id}%'`)
  const [payment] = await find('payments', `"orderId" = '${id}'`)
  const texts: Replacements = new Map<string, (n: number) => string>([
    [customerId, learnerOf],
    [String(order.number), (n) => `F-${n}`],
    [String(inputs), (n) => `${n}-${String(inputs).slice(0, 50)}`],
    ...records.map(({ _id }, index) => [String(_id), (n: number) => keyOf(n, index)] as const),
    [String(payment?.reference), (n) => `floor-${n}`],
  ])
  // What is sold and who sells it stay what they are.
  const kept = JSON.stringify(order.lines).match(/\b(?:var|prd)_[0-9a-z]{26}\b/g) ?? []
  const all = new Map([...texts, ...kept.map((text) => [text, () => text] as const)])
  const makers = async (table: string, where: string) =>
    (await find(table, where)).map((row) => rowMaker(table, row, all))
  const one = async (table: string, where: string) => (await makers(table, where))[0] as RowMaker // written just now
  const jobs = await find('_jobs', `key in (select _id from grants where "orderId" = '${id}')`)
  // In a queue that nobody works at but the floor itself.
  const deliveries = jobs.map((row) => rowMaker('_jobs', { ...row, queue: 'floor' }, all))
  const counters = `counter like '%${customer?._id}'`
  const rows: Omit<PurchaseRows, 'delivered'> = {
    created: [await one('customers', ofCustomer), await one('carts', `_id = '${cart}'`)],
    frozen: [
      ...(await makers('orders', `_id = '${id}'`)),
      ...(await makers('pricingInputs', `_id = '${inputs}'`)),
      ...(await makers('payments', `"orderId" = '${id}'`)),
      ...records.map((row) => rowMaker('idempotencyRecords', row, all)),
      ...(await makers('holds', counters)),
      ...(await makers('_counters', counters)),
    ],
    frozenCart: await one('carts', `_id = '${cart}'`),
    settledThere: [
      await one('orders', `_id = '${id}'`),
      await one('payments', `"orderId" = '${id}'`),
      await one('carts', `_id = '${cart}'`),
      ...(await makers('holds', counters)),
    ],
    settled: [
      ...(await makers('journal', `stream = '${id}'`)),
      ...(await makers('domainEvents', `stream = '${id}'`)),
      ...(await makers('entitlements', `"orderId" = '${id}'`)),
      ...(await makers('grants', `"orderId" = '${id}'`)),
      ...deliveries,
    ],
    job: deliveries[0] as RowMaker, // of the one course
    createAnswer: rowTemplate(JSON.stringify(made), all),
    checkoutAnswer: rowTemplate(JSON.stringify(bought), all),
    cartId: (n) => nthId(cart, n),
    learner: learnerOf,
    orderKey: keyOf,
  }
  await deliver()
  return { ...rows, delivered: await one('grants', `"orderId" = '${id}'`) }
}

const learnerOf = (n: number): string => `floor-learner-${n}`
const keyOf = (n: number, index = 0): string => `floor-key-${index}-${n}-`.padEnd(64, '0')

async function buyOnce(place: Place, customerId: string) {
  const commerce = loadShop(openPlace(place).storage)
  await commerce.migrate()
  const learner = commerce.as({ type: 'customer', site: SITE, customerId })
  const { items } = await learner.products.list({ limit: 1 })
  const variantId = items[0]?.variants[0]?.id ?? ''
  const made = await learner.carts.create({ lines: [{ lineId: 'l0', variantId }] })
  const expectedTotal = { amount: made.quote.total, currency: made.quote.currency }
  const input = { cartId: made.cart.id, expectedTotal, paymentToken: 'tok_approve' }
  const bought = await learner.carts.checkout(input, { idempotencyKey: `template-${customerId}` })
  const deliver = async () => {
    await commerce.jobs.runDue()
    await commerce.close()
  }
  return { made, bought, deliver }
}

function bodyOf(row: Row | undefined): Record<string, unknown> {
  const body = row?._body
  return typeof body === 'string' ? JSON.parse(body) : (body as Record<string, unknown>) // as the engine gives it
}

function rowMaker(table: string, row: Row, texts: Replacements): RowMaker {
  const columns = Object.keys(row)
  const made = columns.map((name) => {
    const value = row[name]
    if (typeof value === 'string') return rowTemplate(value, texts)
    if (typeof value === 'object' && value !== null) return rowTemplate(JSON.stringify(value), texts)
    return () => value
  })
  return { table, columns, values: (n) => made.map((value) => value(n)) }
}
