import { variants } from '../catalog/index.ts'
import { grants } from '../entitlement/index.ts'
import { type Order, orders } from '../order/index.ts'
import type { HoldRecord, Storage } from '../ports/index.ts'
import { budgetCounter } from '../pricing/index.ts'
import { amountIn, codes, promotions } from '../promotion/index.ts'
import { byId, byKey, counter, listBy, readAll } from '../storage/index.ts'
import { checks } from './checks.ts'
import type { Examination } from './examination.ts'
import type { OperatorFacts } from './gather-order-facts.ts'
import { holdRecords } from './hold-records.ts'
import type { CounterFacts, HoldFacts } from './record-facts.ts'
import { walkPages } from './walk.ts'

/** Looks at every hold and at every counter: those that have holds, and those of everything that has a limit. */
export async function examineCounters(storage: Storage, known: OperatorFacts, examination: Examination): Promise<void> {
  await examineHolds(storage, known, examination)
  await examineLimited(storage, known, examination)
}

async function examineHolds(storage: Storage, known: OperatorFacts, examination: Examination): Promise<void> {
  let current: string | null = null
  for await (const page of walkPages(storage, { operator: known.operator }, holdRecords, 'counter')) {
    const owners = await ordersOf(
      storage,
      known,
      page.map(({ body }) => body.hold),
    )
    for (const { body: hold } of page) {
      const facts = await ownerOf(storage, known, hold, owners)
      await examination.look(checks.hold, facts, () => holdFacts(storage, known, hold))
      if (hold.counter !== current) await lookAtCounter(storage, known, examination, hold.counter)
      current = hold.counter
    }
  }
}

/** A counter that says something although it has no holds is found by what it limits. */
async function examineLimited(storage: Storage, known: OperatorFacts, examination: Examination): Promise<void> {
  const scope = { operator: known.operator }
  const lookUnheld = async (names: readonly string[]) => {
    const states = await readAll(storage, scope, ...names.map(counter))
    for (const state of states) {
      if (state === null || state.used + state.held === 0) continue
      const rows = await listBy(storage, scope, holdRecords, { index: 'counter', equals: [state.counter], limit: 1 })
      if (rows.items.length === 0) await lookAtCounter(storage, known, examination, state.counter)
    }
  }
  for await (const page of walkPages(storage, scope, promotions, 'id')) {
    await lookUnheld(page.filter(({ body }) => body.limits.uses !== null).map(({ id }) => `promotion:${id}`))
    await lookUnheld(
      page.flatMap(({ id, body }) => (body.limits.money ?? []).map(({ currency }) => budgetCounter(id, currency))),
    )
  }
  for await (const page of walkPages(storage, scope, codes, 'id')) {
    await lookUnheld(page.filter(({ body }) => body.uses !== null || body.batchId).map(({ id }) => `code:${id}`))
  }
  for await (const page of walkPages(storage, scope, variants, 'productId')) {
    await lookUnheld(page.filter(({ body }) => body.capacity !== null).map(({ id }) => `capacity:${id}`))
  }
}

async function lookAtCounter(
  storage: Storage,
  known: OperatorFacts,
  examination: Examination,
  name: string,
): Promise<void> {
  const facts = await counterFacts(storage, known.operator, name)
  await examination.look(checks.counter, facts, () => counterFacts(storage, known.operator, name))
}

/** The counter is read before and after its rows are: what moved between is summed again by the second look. */
async function counterFacts(storage: Storage, operator: string, name: string): Promise<CounterFacts> {
  const sums = { committed: 0, held: 0 }
  let cursor: string | undefined
  do {
    const page = await listBy(storage, { operator }, holdRecords, { index: 'counter', equals: [name], cursor })
    for (const { body } of page.items) sums[body.state] += body.n
    cursor = page.nextCursor ?? undefined
  } while (cursor !== undefined)
  const [state] = await readAll(storage, { operator }, counter(name))
  const { used = 0, held = 0 } = state ?? {}
  const limit = await limitOf(storage, operator, name)
  return { counter: name, used, held, committedRows: sums.committed, heldRows: sums.held, limit }
}

/** The limit of a counter as it is now, or null where it has none. Names are made by the pricing engine. */
async function limitOf(storage: Storage, operator: string, name: string): Promise<number | null> {
  const [kind, id = '', customer] = name.split(':')
  if (kind === 'capacity') {
    const [variant] = await readAll(storage, { operator }, byId(variants, id))
    return variant?.body.capacity ?? null
  }
  if (kind === 'run') {
    const [variant] = await readAll(storage, { operator }, byId(variants, id))
    return variant?.body.runs?.find((run) => run.id === customer)?.capacity ?? null
  }
  if (kind === 'code') {
    const [code] = await readAll(storage, { operator }, byId(codes, id))
    return (customer === undefined ? code?.body.uses : code?.body.usesPerCustomer) ?? null
  }
  if (kind === 'orders' || kind === 'credited') return null
  const [promotion] = await readAll(storage, { operator }, byId(promotions, id))
  const limits = promotion?.body.limits
  // The third part of a budget's name is its currency.
  if (kind === 'budget') return amountIn(limits?.money ?? [], customer ?? '')
  return (customer === undefined ? limits?.uses : limits?.usesPerCustomer) ?? null
}

async function holdFacts(storage: Storage, known: OperatorFacts, row: HoldRecord): Promise<HoldFacts | null> {
  const { items } = await listBy(storage, { operator: known.operator }, holdRecords, {
    index: 'counter',
    equals: [row.counter, row.hold],
    limit: 1,
  })
  const hold = items[0]?.body
  if (hold === undefined) return null
  return ownerOf(storage, known, hold, await ordersOf(storage, known, [hold.hold]))
}

/** Whose a hold is: a seat of a run is a right's, all else an order's. */
async function ownerOf(
  storage: Storage,
  { operator }: OperatorFacts,
  hold: HoldRecord,
  owners: ReadonlyMap<string, Order>,
): Promise<HoldFacts> {
  if (!hold.counter.startsWith('run:')) return { hold, order: owners.get(hold.hold) ?? null }
  const [grant] = await readAll(storage, { operator }, byKey(grants, 'entitlement', hold.hold))
  return { hold, order: null, grant: grant?.body ?? null }
}

/** Orders by id, on whichever site they are: a hold does not say. */
async function ordersOf(
  storage: Storage,
  { operator, sites }: OperatorFacts,
  ids: readonly string[],
): Promise<Map<string, Order>> {
  const found = new Map<string, Order>()
  for (const { id: site } of sites) {
    const missing = [...new Set(ids)].filter((id) => !found.has(id))
    const read = await readAll(storage, { operator, site }, ...missing.map((id) => byId(orders, id)))
    for (const order of read) if (order !== null) found.set(order.id, order.body)
  }
  return found
}
