import { LEARNERS } from '../shop.ts'
import { tokenOf } from './learner-token.ts'

/** Sends a request; answers the parsed body. @throws Error for a status of 300 and above */
export type Ask = (method: string, path: string, body?: unknown, headers?: Record<string, string>) => Promise<unknown>

/** What is there to be asked for. */
export interface Stock {
  readonly carts: readonly string[]
  readonly variants: readonly string[]
}

/** One thing that a shopper does; `at` draws by Zipf's law: the n-th of a list is wanted 1/n as often as the first. */
export type Scenario = (ask: Ask, stock: Stock, at: <T>(list: readonly T[]) => T, n: number) => Promise<unknown>

const LINES = ['l0', 'l1', 'l2']

/** Each line id keeps its variant. */
const addLine: Scenario = (ask, { carts, variants }, at, n) =>
  ask('POST', `/v1/carts/${at(carts)}/lines`, { lineId: LINES[n % 3], variantId: variants[n % 3] })

const create: Scenario = (ask) => ask('POST', '/v1/carts', {})

const list: Scenario = (ask) => ask('GET', '/v1/products?limit=20')

const code: Scenario = (ask, { carts }, at) => ask('POST', `/v1/carts/${at(carts)}/codes`, { code: 'TENOFF' })

/** Create a cart, add a line, read it. */
const cart: Scenario = async (ask, { variants }, at) => {
  const path = await newCart(ask)
  await ask('POST', `${path}/lines`, { lineId: 'l0', variantId: at(variants) })
  return ask('GET', path)
}

/** The same with a code. */
const cartWithCode: Scenario = async (ask, { variants }, at) => {
  const path = await newCart(ask)
  await ask('POST', `${path}/lines`, { lineId: 'l0', variantId: at(variants) })
  await ask('POST', `${path}/codes`, { code: 'TENOFF' })
  return ask('GET', path)
}

/** Somebody new makes a cart with a line and pays for it: who has a course is not sold it again. */
const purchase: Scenario = async (ask, { variants }, at) => {
  const learner = { authorization: `Bearer ${tokenOf(LEARNERS, `learner-${crypto.randomUUID()}`)}` }
  const made = await ask('POST', '/v1/carts', { lines: [{ lineId: 'l0', variantId: at(variants) }] }, learner)
  const { cart, quote } = made as { cart: { id: string }; quote: { total: number; currency: string } }
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

async function newCart(ask: Ask): Promise<string> {
  const made = (await ask('POST', '/v1/carts', {})) as { cart: { id: string } }
  return `/v1/carts/${made.cart.id}`
}
