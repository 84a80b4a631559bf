import type { QueueName } from '../../storage/index.ts'
import { fromInstant } from '../../time/index.ts'
import type { ShopProcess, World } from './world.ts'

/** A webhook that is late comes within so long. */
export const LONGEST_DELAY_MS = 61 * 60_000
/** Rounds in which nothing happens any more, before it counts as the end. */
export const ROUNDS_OF_CALM = 6
/** A worker looks within so long after there is something to do. */
const LONGEST_PAUSE_MS = 5000
/** Queues whose jobs end. An account's events are pulled for as long as it is there: one more pull in each round will do. */
const ENDING: readonly Exclude<QueueName, 'payment.pull'>[] = [
  ...(['payment.event', 'payment.reconcile', 'grant.deliver', 'grant.withdraw', 'recipient.drop'] as const),
]

/**
 * Lets processes do the jobs that are due, again and again; when the storm is over, until there is none. It rests while
 * nothing is due by anybody's clock, for a look that finds nothing changes nothing.
 *
 * @param begun processes that have looked before: the first look of each schedules what nobody has enqueued.
 */
export async function worker(
  world: World,
  { calm, begun }: { calm: string; begun: WeakSet<ShopProcess> },
): Promise<void> {
  const { random, scheduler, storage } = world
  const { sleep, now } = scheduler.runtimeOf(world.life)
  const runDue = async () => {
    const process = world.anyProcess()
    begun.add(process)
    // What a process could not do is still in the queue.
    await Promise.race([process.commerce.jobs.runDue(), process.life.death]).catch(() => 0)
  }
  const rest = async () => {
    const processes = world.processes()
    if (!processes.every((process) => begun.has(process))) return
    const ahead = Math.max(...processes.map(({ life }) => life.aheadMs))
    const next = await storage.jobs.nextRunAt()
    const until = Math.min(fromInstant(calm), next === null ? Number.POSITIVE_INFINITY : fromInstant(next) - ahead)
    if (until > fromInstant(now())) await sleepUntilRung(world, until - fromInstant(now()))
  }
  while (now() < calm) {
    await rest()
    await sleep(1 + random.below(LONGEST_PAUSE_MS))
    await runDue()
  }
  for (let round = 0; ; ) {
    const next = await storage.jobs.nextRunAt({ queues: ENDING })
    const wait = next === null ? Number.POSITIVE_INFINITY : Math.max(1000, fromInstant(next) - fromInstant(now()))
    const isCalm = round >= ROUNDS_OF_CALM
    if (isCalm && next === null) return
    // A webhook that is still on its way may bring more; then only an authorisation's end is waited for.
    if (wait > LONGEST_DELAY_MS) round = isCalm ? 0 : round + 1
    await sleep(isCalm ? wait : Math.min(wait, LONGEST_DELAY_MS))
    await runDue()
  }
}

/** Waits for so many milliseconds, or until something was enqueued. */
async function sleepUntilRung({ storage, scheduler, life }: World, milliseconds: number): Promise<void> {
  const { rung, ring } = scheduler.alarm(life, milliseconds)
  const hangUp = storage.jobs.subscribe(ring)
  await rung
  hangUp()
}
