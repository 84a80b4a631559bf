import { existsSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import {
  addMilliseconds,
  type Commerce,
  createCommerce,
  type FulfilmentProvider,
  type PaymentProcessor,
  type Runtime,
  type Storage,
  systemRuntime,
} from '@bursar/core'
import { jwtDiscounts, sessionAuthenticator } from '../authenticators/index.ts'
import { type LocalPlatform, localPlatform } from '../local-platform/index.ts'
import { manualProcessor } from '../manual-processor/index.ts'
import { type TestProcessor, testProcessor } from '../test-processor/index.ts'
import { passGate } from './race-gate.ts'

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
  /** The same, when the processor is about to be asked for a payment. */
  freezeBeforeCharge: join(folder, 'freeze-before-charge'),
  /** The same, once the processor has opened it. */
  freezeAfterCharge: join(folder, 'freeze-after-charge'),
  /** While it is there, who froze once the platform has acted does not get its answer. */
  answerLost: join(folder, 'answer-lost'),
  /** While it is there, the first order numbers that each server draws are all the same one. */
  sameNumbers: join(folder, 'same-numbers'),
})

/** Milliseconds by the processor's clock after which a slow call has acted, whether or not its caller knows. */
export const SLOW_MS = 2000

/** So many order numbers of each server are the same one, where that is asked for. */
const SAME_NUMBERS = 3
/** Random bytes that are asked for at once for one half of a number, and for nothing else. */
const HALF_A_NUMBER = 4

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
  const runtime = {
    ...system,
    now: () => addMilliseconds(system.now(), ahead),
    randomBytes: repeatingNumbers(system, files.sameNumbers),
  }
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
    ...{ storage: held(storage, folder), runtime, secrets: (ref) => ref },
    fulfilment: { campus: interruptedDelivery(platform, folder) },
    payments: {
      test: interruptedCharge(processor, folder),
      invoice: manualProcessor({ instructions: () => 'Please transfer the amount.' }),
    },
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

/** Freezes its own process where a file says so, in the middle of what it does; somebody else thaws it. Did it? */
function freezeAt(file: string): boolean {
  if (!existsSync(file)) return false
  rmSync(file)
  process.kill(process.pid, 'SIGSTOP')
  return true
}

function interruptedDelivery(platform: LocalPlatform, folder: string): FulfilmentProvider {
  const files = raceFiles(folder)
  return {
    ...platform,
    async deliver(grant) {
      freezeAt(files.freezeBefore)
      await passGate(folder, 'delivering')
      const answer = await platform.deliver(grant)
      if (freezeAt(files.freezeAfter) && existsSync(files.answerLost)) throw new Error('The answer was lost.')
      return answer
    },
  }
}

function interruptedCharge(processor: TestProcessor, folder: string): PaymentProcessor {
  const files = raceFiles(folder)
  return {
    ...processor,
    async open(account, request) {
      freezeAt(files.freezeBeforeCharge)
      const answer = await processor.open(account, request)
      freezeAt(files.freezeAfterCharge)
      return answer
    },
    async lookup(account, query) {
      const answer = await processor.lookup(account, query)
      await passGate(folder, 'looked-up')
      return answer
    },
  }
}

/** Holds who has asked whether a cart was ordered already, with the answer in hand. */
function held(storage: Storage, folder: string): Storage {
  return {
    ...storage,
    async read(scope, refs) {
      const answer = await storage.read(scope, refs)
      const isOpening = refs.length > 1 && refs.some((ref) => 'unique' in ref && ref.unique === 'liveCart')
      if (isOpening) await passGate(folder, 'opened')
      return answer
    },
  }
}

/** Chance as it comes, but for the first order numbers where a file asks for that. */
function repeatingNumbers({ randomBytes }: Runtime, file: string): Runtime['randomBytes'] {
  let halves = 0
  return (count) => {
    if (count !== HALF_A_NUMBER || !existsSync(file)) return randomBytes(count)
    halves += 1
    return halves > 2 * SAME_NUMBERS ? randomBytes(count) : new Uint8Array(count)
  }
}
