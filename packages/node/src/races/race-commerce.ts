import { existsSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import {
  addMilliseconds,
  type Commerce,
  createCommerce,
  type FulfilmentProvider,
  type Storage,
  systemRuntime,
} from '@bursar/core'
import { jwtDiscounts, sessionAuthenticator } from '../authenticators/index.ts'
import { type LocalPlatform, localPlatform } from '../local-platform/index.ts'
import { manualProcessor } from '../manual-processor/index.ts'
import { type TestProcessor, testProcessor } from '../test-processor/index.ts'

/** Files of a race, in one folder that all its processes see. */
export const raceFiles = (folder: string) => ({
  shop: join(folder, 'shop.db'),
  processor: join(folder, 'processor.db'),
  platform: join(folder, 'platform.db'),
  /** While it is not there, slow calls of the processor do not end. */
  answered: join(folder, 'answered'),
  /** A process that finds it when it is about to ask the platform to deliver takes it away and freezes. */
  freezeBefore: join(folder, 'freeze-before'),
  /** The same, once the platform has acted. */
  freezeAfter: join(folder, 'freeze-after'),
})

/** Milliseconds by the processor's clock after which a slow call has acted, whether or not its caller knows. */
export const SLOW_MS = 2000

/** Who signs discounts. */
export const HOST = { issuer: 'https://campus.test', secret: 'a-secret-of-the-races-with-32-bytes-or-more' }

/** A shop's parts in one process. */
export interface RaceCommerce {
  readonly commerce: Commerce
  readonly processor: TestProcessor
  readonly platform: LocalPlatform
  /** Puts this process's clock forward. */
  advance(ms: number): void
  close(): Promise<void>
}

/** Opens the shop on a storage. The header `x-learner` says who is signed in; `x-staff`, that it is the shop itself. */
export function raceCommerce(storage: Storage, folder: string): RaceCommerce {
  const files = raceFiles(folder)
  let ahead = 0
  const system = systemRuntime()
  const runtime = { ...system, now: () => addMilliseconds(system.now(), ahead) }
  const untilAnswered = async () => {
    while (!existsSync(files.answered)) await sleep(10)
  }
  const processor = testProcessor({
    file: files.processor,
    runtime: { ...runtime, sleep: untilAnswered },
    slowMs: SLOW_MS,
  })
  const platform = localPlatform({ file: files.platform, courses: [{ id: 'AB101', modes: [{ mode: 'verified' }] }] })
  const commerce = createCommerce({
    ...{ storage, runtime, fulfilment: { campus: freezing(platform, files) }, secrets: (ref) => ref },
    payments: { test: processor, invoice: manualProcessor({ instructions: () => 'Please transfer the amount.' }) },
    discountVerifiers: [jwtDiscounts({ issuer: HOST.issuer, secret: HOST.secret })],
    authenticators: [
      sessionAuthenticator(({ header, site: { site } }) => {
        if (header('x-staff') !== null) return { type: 'system', site }
        const customerId = header('x-learner')
        return customerId === null ? null : { type: 'customer', site, customerId }
      }),
    ],
  })
  return {
    ...{ commerce, processor, platform },
    advance: (ms) => {
      ahead += ms
    },
    async close() {
      await commerce.close()
      processor.close()
      platform.close()
    },
  }
}

/** Freezes its own process in the middle of a delivery where a file says so; somebody else thaws it. */
function freezing(platform: LocalPlatform, files: ReturnType<typeof raceFiles>): FulfilmentProvider {
  const freezeAt = (file: string): void => {
    if (!existsSync(file)) return
    rmSync(file)
    process.kill(process.pid, 'SIGSTOP')
  }
  return {
    ...platform,
    async deliver(grant) {
      freezeAt(files.freezeBefore)
      const answer = await platform.deliver(grant)
      freezeAt(files.freezeAfter)
      return answer
    },
  }
}
