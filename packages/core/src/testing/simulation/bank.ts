import type { SimulatedPayment } from '../simulated-processor/index.ts'
import type { World } from './world.ts'

const LONGEST_PAUSE_MS = 120_000

/** What happens to money behind the shop's back: refunds by hand at the processor, and banks that take it back. */
export async function bank(world: World, calm: string): Promise<void> {
  const { random, scheduler, life, processor } = world
  const { sleep, now } = scheduler.runtimeOf(life)
  if (random.percent(40)) return
  for (let act = 1; ; act += 1) {
    await sleep(1 + random.below(LONGEST_PAUSE_MS))
    if (now() >= calm) return
    const taken = processor.payments().filter(({ state, script }) => state === 'captured' && !script.captureFailsLater)
    if (taken.length === 0) continue
    const payment = random.pick(taken)
    if (random.percent(60)) await refund(world, payment, `by-hand-${act}`)
    else if (payment.refunded === 0) processor.failCapture(payment)
  }
}

/** All that is left of it, or a part. */
async function refund({ random, processor }: World, payment: SimulatedPayment, key: string): Promise<void> {
  const { account, reference, captured, refunded, amount } = payment
  const left = captured - refunded
  const most = random.percent(60) ? left : 1 + random.below(left)
  const reached = { id: account, mode: 'test', secret: async () => '' } as const
  if (left > 0) await processor.refund(reached, { key, reference, amount: { ...amount, amount: most } })
}
