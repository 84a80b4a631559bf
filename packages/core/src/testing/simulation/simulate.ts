import { addMilliseconds } from '../../time/index.ts'
import { bank } from './bank.ts'
import { shopperLife } from './buyer.ts'
import { CALM } from './chaos.ts'
import { findings } from './findings.ts'
import type { Promises } from './promises.ts'
import type { Sabotage } from './sabotages.ts'
import { staffLife } from './staff.ts'
import { LONGEST_DELAY_MS, ROUNDS_OF_CALM, worker } from './worker.ts'
import { makeWorld, type ShopProcess, START, type World, type WorldOptions } from './world.ts'

/** What is simulated. The same options give the same schedule, to the last turn. */
export interface SimulationOptions {
  /** Which schedule: any integer. */
  readonly seed: number
  /** People who buy, 0 or more. @default 3 */
  readonly buyers?: number | undefined
  /** Processes of the shop on one storage, 1 or more. @default 2 */
  readonly processes?: number | undefined
  /** An empty storage whose calls wait for nothing but promises. @default memory */
  readonly storage?: WorldOptions['storage']
  /** What is wrong on purpose. @default nothing */
  readonly sabotage?: Sabotage | undefined
}

/** What came of a simulated schedule. */
export interface SimulationReport {
  readonly seed: number
  /** Turns taken. */
  readonly turns: number
  /** Orders that buyers were told of. */
  readonly orders: number
  /** Processes that were ended. */
  readonly crashes: number
  /** What is not as it must be: empty for a shop that is right. */
  readonly findings: readonly string[]
}

/** The storm lasts so long; then all that waits is given time to end. */
const STORM_MS = 10 * 60_000
/** A clock that jumps goes so far ahead. */
const LARGEST_JUMP_MS = 10 * 60_000
/** Longer than any wait of a job, of a webhook's repeat, of a checkout that nobody pays, and than an authorisation lasts. */
const CALM_MS = 8 * 24 * 60 * 60_000

/**
 * A shop with its buyers, its processor and its platform, in one process on a virtual clock: processes crash and freeze,
 * commits and calls are lost before or after they act, webhooks come late, twice, in another order or not at all. When the
 * storm is over and all has ended, every rule must hold. A seed gives the same schedule again.
 *
 * @throws RangeError for fewer than one process, or a number that is not whole; Error for a storage that waits for real time
 */
export async function simulate(options: SimulationOptions): Promise<SimulationReport> {
  const { seed, buyers = 3, processes = 2, storage, sabotage } = options
  checkCount('processes', processes, 1)
  checkCount('buyers', buyers, 0)
  const world = await makeWorld({ seed, processes, storage, sabotage })
  const promises: Promises = { orders: [], cancelled: new Set(), paid: new Set(), strange: [] }
  const calm = addMilliseconds(START, STORM_MS)
  const end = addMilliseconds(START, STORM_MS + CALM_MS)
  let crashes = 0
  const begun = new WeakSet<ShopProcess>()
  const ended = Promise.all([
    ...Array.from({ length: buyers }, (_, n) => shopperLife(world, `buyer-${n}`, promises)),
    fate(world, calm, () => {
      crashes += 1
    }),
    staffLife(world, promises, calm),
    bank(world, calm),
    courier(world, calm),
    ...Array.from({ length: processes }, () => worker(world, { calm, begun })),
  ])
  // A task that fails is a fault of the simulation itself: it must not pass unseen.
  let failure: unknown = null
  ended.catch((error: unknown) => {
    failure = error
  })
  storm(world)
  const stormy = await world.scheduler.run(calm)
  calmDown(world)
  const turns = stormy + (await world.scheduler.run(end))
  if (failure !== null) throw failure
  const found = await findings(world, promises)
  return { seed, turns, orders: promises.orders.length, crashes, findings: found }
}

function checkCount(name: string, count: number, least: number): void {
  if (Number.isInteger(count) && count >= least) return
  throw new RangeError(`A simulation takes as \`${name}\` a whole number, ${least} or more, not ${count}.`)
}

/** How bad it is differs from seed to seed. */
function storm({ weather, random }: World): void {
  const most = random.pick([0, 3, 8])
  weather.storageDown = random.below(most + 1)
  weather.replyLost = random.below(most + 1)
  weather.conflict = random.below(most + 1)
  weather.callLost = random.below(most * 2 + 1)
  weather.answerLost = random.below(most * 2 + 1)
}

function calmDown({ weather }: World): void {
  Object.assign(weather, CALM)
}

/** Ends and freezes processes, and sets their clocks wrong, until the storm is over. */
async function fate(world: World, until: string, crashed: () => void): Promise<void> {
  const { random, scheduler } = world
  const { sleep, now } = scheduler.runtimeOf(world.life)
  const isViolent = random.percent(60)
  for (;;) {
    await sleep(1 + random.below(60_000))
    if (now() >= until) return
    if (!isViolent) continue
    const victim = random.pick(world.processes())
    const kind = random.below(10)
    if (kind < 6) {
      world.crash(victim)
      crashed()
    } else if (kind < 8) {
      victim.life.aheadMs = random.below(LARGEST_JUMP_MS)
    } else {
      // Longer than a lease: what it held is taken by others before it wakes.
      victim.life.frozenUntil = Date.parse(now()) + 61_000 + random.below(60_000)
    }
  }
}

/** Brings webhooks, when it likes and to whom it likes, sometimes two at a time. */
async function courier(world: World, calm: string): Promise<void> {
  const { random, scheduler, processor } = world
  const { sleep, now } = scheduler.runtimeOf(world.life)
  const send = async ({ id, account, rawBody }: { id: string; account: string; rawBody: string }) => {
    const { commerce, life } = world.anyProcess()
    const bytes = new TextEncoder().encode(rawBody)
    const received = commerce.handleWebhook(account, bytes, new Headers())
    const isAccepted = await Promise.race([received, life.death]).then(
      () => true,
      () => false,
    )
    processor.settleDelivery(id, isAccepted ? 'accepted' : 'failed')
  }
  const sendDue = async () => {
    const due = processor.dueDeliveries().filter(() => random.percent(80))
    for (const delivery of random.percent(50) ? due.toReversed() : due) {
      await Promise.all([send(delivery), ...(random.percent(20) ? [send(delivery)] : [])])
    }
  }
  while (now() < calm) {
    await sleep(1 + random.below(30_000))
    await sendDue()
  }
  for (let round = 0; round < ROUNDS_OF_CALM; round += 1) {
    await sleep(LONGEST_DELAY_MS)
    await sendDue()
  }
}
