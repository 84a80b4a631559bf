import { cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { STEPS } from '@bursar/core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { localPlatformRecords } from '../local-platform/local-platform.ts'
import { killedPurchase, moneyEffects } from './kill-purchase.ts'
import { fillKillShop, KILL_SHOP, killFiles, killShop } from './kill-shop.ts'

const isLarge = process.env.BURSAR_LARGE === '1'
const folder = mkdtempSync(join(tmpdir(), 'bursar-kill-'))
const filled = join(folder, 'filled')

beforeAll(async () => {
  mkdirSync(filled)
  const shop = await killShop(filled)
  await fillKillShop(shop)
  await shop.commerce.close()
  shop.processor.close()
  shop.platform.close()
})
afterAll(() => rmSync(folder, { recursive: true }))

/** Steps that a purchase with this token passes, and so dies at. */
const TOKENS: Record<string, readonly string[]> = {
  // The call's own answer settles it; the webhook comes afterwards.
  tok_approve: STEPS,
  // The call's answer was lost, though the money was taken: a look-up or the webhook settles it.
  tok_timeout_after: isLarge ? STEPS : ['s3_processor_called', 's5_payment_committed', 'w3_payment_fetched'],
  // Nothing but the webhook, or asking again, settles it.
  tok_late: isLarge ? STEPS : ['s6_reply_sent', 'w2_event_stored', 'w4_payment_committed', 'd3_provider_answered'],
  // Each event comes twice.
  tok_twice: isLarge ? STEPS : ['w1_event_verified'],
}
const kills = Object.entries(TOKENS).flatMap(([token, steps]) => steps.map((step) => ({ token, step, time: 1 })))

test.concurrent.each(kills)(
  '$token: killed at $step, nothing is lost and nothing done twice',
  async (kill) => {
    const own = join(folder, `${kill.token}-${kill.step}`)
    cpSync(filled, own, { recursive: true })
    const { order, died } = await killedPurchase(own, kill)
    expect(died, 'the server reached the step').toBe(true)
    expect(order).toMatchObject({ state: 'placed', total: 4410, money: { state: 'paid', amounts: { captured: 4410 } } })
    expect(moneyEffects(own)).toEqual(['opened', 'captured'])
    const { enrolments, effects } = localPlatformRecords(killFiles(own).platform)
    expect(enrolments).toMatchObject([{ learner: 'learner-1', course: KILL_SHOP.course, mode: 'verified' }])
    expect(effects).toHaveLength(1)
    expect(await brokenRules(own)).toEqual([])
  },
  60_000,
)

/** What `bursar doctor` finds broken, when everything that was to come has come. */
async function brokenRules(own: string): Promise<unknown[]> {
  const { commerce, processor, platform } = await killShop(own, { laterMs: 5 * 60_000 })
  const report = await commerce.as({ type: 'system', site: KILL_SHOP.site }).admin.reports.doctor({})
  await commerce.close()
  processor.close()
  platform.close()
  return report.findings.filter(({ severity }) => severity === 'broken')
}
