import { tokenOf } from '../load/learner-token.ts'
import type { Ask } from '../load/scenarios.ts'
import { zipfRank } from '../load/zipf.ts'
import { LEARNERS } from '../shop.ts'
import type { GrownShop } from './fill.ts'
import { coursesOf, courseWord, LINES, nthId } from './nth.ts'

/** Something that a shopper or staff does. */
export type Action = (ask: Ask, shop: GrownShop) => Promise<unknown>

const tokens = new Map<number, string>()

/** The n-th learner, n drawn by Zipf's law, sets a line of their cart, which holds three. */
const addLine: Action = (ask, { cart, variant, count }) => {
  const n = zipfRank(count, Math.random())
  const place = Math.floor(Math.random() * LINES)
  const line = { lineId: `l${place}`, variantId: nthId(variant, coursesOf(n, count)[place] ?? 0) }
  return ask('POST', `/v1/carts/${nthId(cart, n)}/lines`, line, { authorization: `Bearer ${learnerToken(n)}` })
}

const asStaff =
  (path: (shop: GrownShop) => string): Action =>
  (ask, shop) =>
    ask('GET', path(shop), undefined, { authorization: `Bearer ${shop.adminKey}` })

const anyone =
  (path: (shop: GrownShop) => string): Action =>
  (ask, shop) =>
    ask('GET', path(shop))

const anyCourse = ({ count }: GrownShop) => zipfRank(count, Math.random())

/** What is measured, by name. */
export const actions: Readonly<Record<string, Action>> = {
  'add a line': addLine,
  'list 20 products': anyone(() => '/v1/products?limit=20'),
  'search a word of one product': anyone((shop) => `/v1/products?limit=20&search=${courseWord(anyCourse(shop))}`),
  'search a word of all products': anyone(() => '/v1/products?limit=20&search=measure'),
  'search two words of all products': anyone(() => '/v1/products?limit=20&search=measure%20beginners'),
  'search a word of all and a word of one': anyone(
    (shop) => `/v1/products?limit=20&search=measure%20${courseWord(anyCourse(shop))}`,
  ),
  'list 20 of a type': anyone(() => '/v1/products?limit=20&type=course'),
  'staff: list 20 products': asStaff(() => '/v1/admin/products?limit=20'),
  'staff: newest 20 orders': asStaff(() => '/v1/admin/orders?limit=20'),
  'staff: orders of a state': asStaff(() => '/v1/admin/orders?limit=20&state=placed'),
}

function learnerToken(n: number): string {
  const kept = tokens.get(n)
  if (kept !== undefined) return kept
  const made = tokenOf(LEARNERS, `learner-${n}`)
  tokens.set(n, made)
  return made
}
