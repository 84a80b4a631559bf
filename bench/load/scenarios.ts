import { LEARNERS } from '../shop.ts'
import { tokenOf } from './learner-token.ts'

/** Sends a request; answers the body. @throws Error for a status of 300 and above */
export type Ask = (method: string, path: string, body?: unknown, headers?: Record<string, string>) => Promise<string>

/** What is there to be asked for. */
export interface Stock {
  readonly carts: readonly string[]
  readonly variants: readonly string[]
  /** Who has the carts, in turn. */
  readonly learners: readonly string[]
}

/** One thing that a shopper does; `at` draws by Zipf's law: the n-th of a list is wanted 1/n as often as the first. */
export type Scenario = (ask: Ask, stock: Stock, at: <T>(list: readonly T[]) => T, n: number) => Promise<unknown>

const LINES = ['l0', 'l1', 'l2']

/** Asks as a learner, by a token of now: one that is kept ends within a soak. */
const as = (learner = '') => ({ authorization: `Bearer ${tokenOf(LEARNERS, learner)}` })
const ownerOf = (cart: string, { carts, learners }: Stock) => as(learners[carts.indexOf(cart) % learners.length])
/** Another each time: of one shopper no more than ten codes are looked at at once. */
const nextLearner = ({ learners }: Stock, n: number) => as(learners[n % learners.length])

/** Each line id keeps its variant. */
const addLine: Scenario = (ask, stock, at, n) => {
  const cart = at(stock.carts)
  const line = { lineId: LINES[n % 3], variantId: stock.variants[n % 3] }
  return ask('POST', `/v1/carts/${cart}/lines`, line, ownerOf(cart, stock))
}

const create: Scenario = (ask) => ask('POST', '/v1/carts', {})

const list: Scenario = (ask) => ask('GET', '/v1/products?limit=20')

const code: Scenario = (ask, stock, at) => {
  const cart = at(stock.carts)
  return ask('POST', `/v1/carts/${cart}/codes`, { code: 'TENOFF' }, ownerOf(cart, stock))
}

/** Create a cart, add a line, read it. */
const cart: Scenario = async (ask, stock, at, n) => {
  const learner = nextLearner(stock, n)
  const path = await newCart(ask, learner)
  await ask('POST', `${path}/lines`, { lineId: 'l0', variantId: at(stock.variants) }, learner)
  return ask('GET', path, undefined, learner)
}

/** The same with a code. */
const cartWithCode: Scenario = async (ask, stock, at, n) => {
  const learner = nextLearner(stock, n)
  const path = await newCart(ask, learner)
  await ask('POST', `${path}/lines`, { lineId: 'l0', variantId: at(stock.variants) }, learner)
  await ask('POST', `${path}/codes`, { code: 'TENOFF' }, learner)
  return ask('GET', path, undefined, learner)
}

/** Somebody new makes a cart with a line and pays for it: who has a course is not sold it again. */
const purchase: Scenario = async (ask, { variants }, at) => {
  const learner = as(`learner-${crypto.randomUUID()}`)
  const made = await ask('POST', '/v1/carts', { lines: [{ lineId: 'l0', variantId: at(variants) }] }, learner)
  const { cart, quote } = JSON.parse(made) as { cart: { id: string }; quote: { total: number; currency: string } }
  const expectedTotal = { amount: quote.total, currency: quote.currency }
  const keyed = { ...learner, 'idempotency-key': `buy-${cart.id}` }
  return ask('POST', `/v1/carts/${cart.id}/checkout`, { expectedTotal, paymentToken: 'tok_approve' }, keyed)
}

/** Of a hundred: 70 lists, 15 lines, 8 new carts, 4 codes, 3 purchases. */
const mixed: Scenario = (ask, stock, at, n) => {
  const draw = (n * 37) % 100
  const scenario = draw < 70 ? list : draw < 85 ? addLine : draw < 93 ? create : draw < 97 ? code : purchase
  return scenario(ask, stock, at, n)
}

/** By name. */
export const scenarios = { addLine, list, create, code, cart, cartWithCode, purchase, mixed }

/** A scenario's name. */
export type ScenarioName = keyof typeof scenarios

async function newCart(ask: Ask, learner: Record<string, string>): Promise<string> {
  const made = JSON.parse(await ask('POST', '/v1/carts', {}, learner)) as { cart: { id: string } }
  return `/v1/carts/${made.cart.id}`
}
