import { cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { STEPS, type StepName } from '@bursar/core'
import { faultsOf } from '@bursar/core/testing'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { localPlatformRecords } from '../local-platform/local-platform.ts'
import { type TestDatabase, testDatabase } from '../testing/test-database.ts'
import { killedPurchase, moneyEffects } from './kill-purchase.ts'
import { fillKillShop, KILL_SHOP, type KillPlace, type KillShop, killFiles, killShop } from './kill-shop.ts'

const isLarge = process.env.BURSAR_LARGE === '1'
const folder = mkdtempSync(join(tmpdir(), 'bursar-kill-'))

/** What the shop is served by: storage, and servers at once. */
interface Setting {
  readonly on: 'SQLite' | 'PostgreSQL'
  readonly servers: number
}

/** Filled shops: each purchase gets a copy. */
let filled: { readonly folder: string; readonly database: TestDatabase }

beforeAll(async () => {
  filled = { folder: join(folder, 'filled'), database: await testDatabase() }
  mkdirSync(filled.folder)
  await inShop({ folder: filled.folder, database: filled.database.url }, (shop) => fillKillShop(shop))
  // The processor and the platform are in the same files, whatever the shop is kept in.
  await inShop({ folder: filled.folder }, (shop) => fillKillShop(shop))
})
afterAll(async () => {
  rmSync(folder, { recursive: true })
  await filled.database.end()
})

/** A way to pay, and the moments at which its server dies. */
interface Way {
  readonly token: string
  readonly asks: boolean
  readonly steps: readonly StepName[]
  /** At which time that a step is reached. */
  readonly time?: number
}

/** Steps that happen each time that an event comes. */
const WEBHOOK_STEPS = STEPS.filter((step) => step.startsWith('w'))

const ways: Record<string, Way> = {
  // The call's own answer settles it; the webhook comes afterwards.
  'paid at once': { token: 'tok_approve', asks: true, steps: STEPS },
  // The shopper goes through 3-D Secure and closes the window: the webhook alone tells that it was paid.
  'paid in a window of the processor': { token: 'tok_requires_action', asks: false, steps: STEPS },
  // The same, and the return page asks while the webhook arrives.
  'paid in a window, with a return page': {
    token: 'tok_requires_action',
    asks: true,
    steps: isLarge ? STEPS : ['s5_payment_committed', 'w3_payment_fetched'],
  },
  // A bank debit: pending at first, and the webhook that comes late is all that tells of the money.
  'paid later': {
    token: 'tok_late',
    asks: false,
    steps: isLarge ? STEPS : ['s6_reply_sent', ...WEBHOOK_STEPS, 'd3_provider_answered'],
  },
  // The call's answer was lost, though the money was taken: a look-up or the webhook settles it.
  'answer lost': {
    token: 'tok_timeout_after',
    asks: true,
    steps: isLarge ? STEPS : ['s3_processor_called', 's5_payment_committed', 'w3_payment_fetched'],
  },
  // Each event comes twice: the server dies with the second one.
  'events twice': { token: 'tok_twice', asks: true, time: 2, steps: isLarge ? WEBHOOK_STEPS : ['w1_event_verified'] },
}
const alone: Setting = { on: 'SQLite', servers: 1 }
const settings: readonly Setting[] = [
  alone,
  { on: 'PostgreSQL', servers: 1 },
  { on: 'SQLite', servers: 2 },
  { on: 'PostgreSQL', servers: 2 },
]
const kills = settings.flatMap((setting) =>
  Object.entries(ways).flatMap(([way, { steps, time = 1, ...how }]) => {
    const cases = steps.map((step) => ({ ...setting, way, where: step, deaths: [{ step, time }], ...how }))
    // Of two servers either may get the second event.
    if (time > 1 && setting.servers > 1) return []
    if (isLarge || setting === alone) return cases
    // Two servers on PostgreSQL hold what one does, and more.
    return way === 'paid at once' && setting.on === 'PostgreSQL' && setting.servers > 1 ? cases : []
  }),
)

/** Steps that a retry must still pass after a death at the first one, whatever else was done in the meantime. */
const LATER: { readonly [first: string]: readonly StepName[] } = {
  s1_quote_frozen: STEPS,
  s2_order_committed: STEPS.slice(2),
  // The processor may not have been reached: it is asked, then called again with the same key.
  s3_processor_called: STEPS.slice(2),
  // The processor has the payment: it is asked, and not called again.
  s4_processor_answered: STEPS.slice(4),
}
const SOME: { readonly [first: string]: readonly StepName[] } = {
  s2_order_committed: ['s4_processor_answered', 's5_payment_committed'],
  s4_processor_answered: ['w4_payment_committed', 'd3_provider_answered'],
}
/** The server that comes after a killed one is killed too. */
const twice = Object.entries(isLarge ? LATER : SOME).flatMap(([first, seconds]) =>
  seconds.map((second) => ({
    ...{ ...alone, way: 'killed twice', where: `${first} ${second}`, token: 'tok_approve', asks: true },
    deaths: [{ step: first as StepName }, { step: second }], // keys of the tables above
  })),
)

test.concurrent.each([...kills, ...twice])(
  '$way: killed at $where, $servers on $on, nothing is lost and nothing done twice',
  async ({ way, where, deaths, on, servers, ...how }) => {
    const own = join(folder, `${way}-${where}-${on}-${servers}`.replaceAll(/\W+/g, '-'))
    cpSync(filled.folder, own, { recursive: true })
    const database = on === 'PostgreSQL' ? await filled.database.copy() : undefined
    const place = { folder: own, database: database?.url }
    const { order, ends, diedAt } = await killedPurchase(place, { deaths, servers, ...how })
    // Of several servers each that comes to the step dies there.
    const died = servers === 1 ? deaths : ends.map(() => deaths[0])
    expect(ends.length).toBeGreaterThanOrEqual(1)
    expect(ends).toEqual(died.map(() => 'SIGKILL'))
    expect(diedAt.slice(0, died.length)).toEqual(died.map((death) => death?.step))
    expect(order).toMatchObject({ state: 'placed', total: 4410, money: { state: 'paid', amounts: { captured: 4410 } } })
    expect(moneyEffects(own)).toEqual(['opened', 'captured'])
    const { enrolments, effects } = localPlatformRecords(killFiles(own).platform)
    expect(enrolments).toMatchObject([{ learner: 'learner-1', course: KILL_SHOP.course, mode: 'verified' }])
    expect(effects).toHaveLength(1)
    expect(await ordersOf(place)).toEqual([order.id])
    expect(await brokenRules(place)).toEqual([])
    await database?.end()
  },
  120_000,
)

/** All orders of the shop: a repeated checkout makes no second one. */
function ordersOf(place: KillPlace): Promise<string[]> {
  return inShop(place, async (shop) => (await adminOf(shop).orders.list({})).items.map(({ id }) => id))
}

/** What `bursar doctor` finds broken, when everything that was to come has come. */
function brokenRules(place: KillPlace): Promise<unknown[]> {
  return inShop(place, async (shop) => {
    const { findings } = await adminOf(shop).reports.doctor({})
    return faultsOf(findings)
  })
}

const adminOf = ({ commerce }: KillShop) => commerce.as({ type: 'system', site: KILL_SHOP.site }).admin

async function inShop<T>(place: KillPlace, look: (shop: KillShop) => Promise<T>): Promise<T> {
  const shop = await killShop(place, { laterMs: 5 * 60_000 })
  try {
    return await look(shop)
  } finally {
    await shop.commerce.close()
    shop.processor.close()
    shop.platform.close()
  }
}
