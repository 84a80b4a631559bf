import { cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type InProcessClient, STEPS, type StepName } from '@bursar/core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { localPlatformRecords } from '../local-platform/local-platform.ts'
import { killedPurchase, moneyEffects } from './kill-purchase.ts'
import { fillKillShop, KILL_SHOP, killFiles, killShop } from './kill-shop.ts'

const isLarge = process.env.BURSAR_LARGE === '1'
const folder = mkdtempSync(join(tmpdir(), 'bursar-kill-'))
const filled = join(folder, 'filled')

beforeAll(async () => {
  mkdirSync(filled)
  const shop = await killShop({ folder: filled })
  await fillKillShop(shop)
  await shop.commerce.close()
  shop.processor.close()
  shop.platform.close()
})
afterAll(() => rmSync(folder, { recursive: true }))

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
const kills = Object.entries(ways).flatMap(([way, { steps, time = 1, ...how }]) =>
  steps.map((step) => ({ way, where: step, deaths: [{ step, time }], ...how })),
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
    ...{ way: 'killed twice', where: `${first} ${second}`, token: 'tok_approve', asks: true },
    deaths: [{ step: first as StepName }, { step: second }], // keys of the tables above
  })),
)

test.concurrent.each([...kills, ...twice])(
  '$way: killed at $where, nothing is lost and nothing done twice',
  async ({ way, where, deaths, ...how }) => {
    const own = join(folder, `${way}-${where}`.replaceAll(/\W+/g, '-'))
    cpSync(filled, own, { recursive: true })
    const { order, ends, diedAt } = await killedPurchase({ folder: own }, { deaths, ...how })
    expect(ends).toEqual(deaths.map(() => 'SIGKILL'))
    expect(diedAt).toEqual(deaths.map(({ step }) => step))
    expect(order).toMatchObject({ state: 'placed', total: 4410, money: { state: 'paid', amounts: { captured: 4410 } } })
    expect(moneyEffects(own)).toEqual(['opened', 'captured'])
    const { enrolments, effects } = localPlatformRecords(killFiles(own).platform)
    expect(enrolments).toMatchObject([{ learner: 'learner-1', course: KILL_SHOP.course, mode: 'verified' }])
    expect(effects).toHaveLength(1)
    expect(await ordersOf(own)).toEqual([order.id])
    expect(await brokenRules(own)).toEqual([])
  },
  120_000,
)

/** All orders of the shop: a repeated checkout makes no second one. */
function ordersOf(own: string): Promise<string[]> {
  return inShop(own, async ({ admin }) => (await admin.orders.list({})).items.map(({ id }) => id))
}

/** What `bursar doctor` finds broken, when everything that was to come has come. */
function brokenRules(own: string): Promise<unknown[]> {
  return inShop(own, async ({ admin }) => {
    const { findings } = await admin.reports.doctor({})
    return findings.filter(({ severity }) => severity === 'broken')
  })
}

async function inShop<T>(own: string, look: (client: InProcessClient) => Promise<T>): Promise<T> {
  const { commerce, processor, platform } = await killShop({ folder: own }, { laterMs: 5 * 60_000 })
  try {
    return await look(commerce.as({ type: 'system', site: KILL_SHOP.site }))
  } finally {
    await commerce.close()
    processor.close()
    platform.close()
  }
}
