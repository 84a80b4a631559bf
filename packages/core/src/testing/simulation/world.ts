import { collections } from '../../commerce/collections.ts'
import type { Commerce } from '../../commerce/commerce.ts'
import { createCommerce } from '../../commerce/index.ts'
import type { Runtime, Storage } from '../../ports/index.ts'
import { addresses, type Site, SYSTEM_SCOPE, siteAddress } from '../../site/index.ts'
import { insert, memoryStorage } from '../../storage/index.ts'
import type { Instant } from '../../time/index.ts'
import { expectOutcome } from '../expectations.ts'
import { invoiceProcessor } from '../invoice-processor.ts'
import { OPERATOR, shopData } from '../shop-fixture-data.ts'
import { type SimulatedPlatform, simulatedPlatform } from '../simulated-platform/index.ts'
import { type SimulatedProcessor, simulatedProcessor } from '../simulated-processor/index.ts'
import { watchCalls } from './calls-out.ts'
import {
  CALM,
  type Chaos,
  nearProcessor,
  stormyProcessor,
  stormyProvider,
  stormyStorage,
  type Weather,
} from './chaos.ts'
import type { Sabotage } from './sabotages.ts'
import { type Life, newLife, type Scheduler, scheduler } from './scheduler.ts'
import { type SeededRandom, seededRandom } from './seeded-random.ts'

/** A process of the shop: its life, and what it answers. */
export interface ShopProcess {
  readonly life: Life
  readonly commerce: Commerce
}

/** All that a simulated schedule happens in: one storage, processes that come and go, a processor, a platform. */
export interface World {
  readonly random: SeededRandom
  /** How the site `main` sells. */
  readonly site: SoldBy
  /** People think at most so long: in a rush hardly at all, so that they want the last place at once. */
  readonly longestThoughtMs: number
  readonly scheduler: Scheduler
  /** What no process can end: the processor, buyers, the clock's keeper. */
  readonly life: Life
  readonly storage: Storage
  readonly weather: Weather
  readonly processor: SimulatedProcessor
  readonly platform: SimulatedPlatform
  /** Processes that live now. */
  processes(): readonly ShopProcess[]
  /** Ends a process in the middle of whatever it does, and starts another on the same storage. */
  crash(victim: ShopProcess): void
  /** One that answers requests now. */
  anyProcess(): ShopProcess
}

/** What a seed decides about a site. */
export type SoldBy = Pick<Site, 'capture' | 'deliversOnAccount' | 'onPaymentFailure'>

/** So long after it a capture may fail: within the storm. */
const CAPTURE_FAILS_MS = 4 * 60_000

/** When every simulation begins. */
export const START: Instant = '2026-01-01T08:00:00.000Z'

/** What a world is made of. */
export interface WorldOptions {
  readonly seed: number
  readonly processes: number
  /** An empty storage. @default memory */
  readonly storage?: Storage | undefined
  /** What is wrong on purpose. @default nothing */
  readonly sabotage?: Sabotage | undefined
}

/** Makes a world with a shop in it. */
export async function makeWorld({ seed, processes: count, storage: own, sabotage }: WorldOptions): Promise<World> {
  const random = seededRandom(seed)
  const given = own && watchCalls(own)
  const clock = scheduler(random, START, () => given?.out() ?? null)
  const life = newLife('the world')
  const weather: Weather = { ...CALM }
  const runtime = clock.runtimeOf(life)
  const good = given?.storage ?? memoryStorage({ now: runtime.now })
  const storage = sabotage?.storage?.(good, { random, now: runtime.now }) ?? good
  await storage.migrate(collections)
  const site = siteOf(random)
  await fill(good, site)
  const processor = simulatedProcessor({ runtime, captureFailsMs: CAPTURE_FAILS_MS })
  const platform = simulatedPlatform({
    runtime,
    courses: [{ id: 'C1', modes: [{ mode: 'audit' }, { mode: 'verified' }] }],
  })
  const seen = {
    processor: sabotage?.processor?.(processor, { random, now: runtime.now }) ?? processor,
    platform: sabotage?.platform?.(platform, { random, now: runtime.now }) ?? platform,
  }

  const invoice = invoiceProcessor()
  let started = 0
  function startProcess(): ShopProcess {
    started += 1
    const own = newLife(`process ${started}`)
    const chaos: Chaos = { life: own, scheduler: clock, random, weather }
    const commerce = createCommerce({
      storage: stormyStorage(storage, chaos),
      runtime: withFewNumbers(clock.runtimeOf(own)),
      payments: { test: stormyProcessor(seen.processor, chaos), invoice: nearProcessor(invoice, chaos) },
      fulfilment: { school: stormyProvider(seen.platform, chaos), files: downloads },
      secrets: (ref) => ref,
    })
    return { life: own, commerce }
  }

  let processes = Array.from({ length: count }, startProcess)
  return {
    random,
    site,
    longestThoughtMs: random.pick([20_000, 20_000, 20_000, 3]),
    scheduler: clock,
    life,
    storage: good,
    weather,
    processor,
    platform,
    processes: () => processes,
    crash(victim) {
      victim.life.die()
      processes = [...processes.filter((other) => other !== victim), startProcess()]
    },
    anyProcess: () => random.pick(processes),
  }
}

/** Of what an order's number is made of, four bytes at a time, two in five are zero: so numbers meet, as those of a large shop would. */
function withFewNumbers(runtime: Runtime): Runtime {
  return {
    ...runtime,
    randomBytes(count) {
      const bytes = runtime.randomBytes(count)
      return count === 4 && (bytes[0] ?? 0) < 102 ? bytes.fill(0) : bytes
    },
  }
}

/** How a site sells differs from seed to seed. */
function siteOf(random: SeededRandom): SoldBy {
  return {
    capture: random.percent(30) ? 'manual' : 'automatic',
    deliversOnAccount: random.percent(50),
    onPaymentFailure: random.percent(30) ? 'keep' : 'suspend',
  }
}

async function fill(storage: Storage, site: SoldBy): Promise<void> {
  for (const { scope, changes } of shopData(site)) {
    expectOutcome(await storage.commit(scope, changes), 'committed', 'the data of the shop')
  }
  for (const site of ['main', 'north']) {
    const address = { id: siteAddress(site), operator: OPERATOR, site }
    const added = await storage.commit(SYSTEM_SCOPE, [insert(addresses, address.id, address)])
    expectOutcome(added, 'committed', 'the address of a site')
  }
}

const downloads = {
  kind: 'download',
  checkTarget: () => null,
  deliver: async () => ({ outcome: 'done' as const }),
  withdraw: async () => ({ outcome: 'done' as const }),
  status: async () => ({ outcome: 'done' as const }),
}
