import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { addMilliseconds, type Storage, systemRuntime } from '@bursar/core'
import type { AdminClient } from '@bursar/core/admin-client'
import type { CommerceClient } from '@bursar/core/client'
import { faultsOf, signTestEvent } from '@bursar/core/testing'
import { localPlatformRecords } from '../local-platform/index.ts'
import { TEST_SIGNATURE_HEADER, type TestProcessor, testProcessor } from '../test-processor/index.ts'
import { fillRaceShop, type RaceVariants } from './fill-race-shop.ts'
import { raceFiles, SLOW_MS } from './race-commerce.ts'
import { closeGate, type GateName, type RaceGate } from './race-gate.ts'
import type { RaceServers } from './race-kinds.ts'

/** A shop that is served by one or two servers at once. */
export interface RaceShop {
  /** The processor as its operator sees it, with the books that the servers' calls are in. */
  readonly processor: TestProcessor
  readonly variants: RaceVariants
  /** How many servers there are. */
  readonly servers: number
  /** The client of a customer, at the server of this number (modulo how many there are). */
  customer(customerId: string, server?: number, site?: string): CommerceClient
  /** The client of somebody who is not signed in. */
  guest(server?: number): CommerceClient
  admin(server?: number, site?: string): AdminClient
  /** Sends the webhooks that are due: each as often as told, to all servers in turn, all at once. */
  sendWebhooks(times: number): Promise<unknown>
  /** Sends these webhooks one after the other, from the server of this number on. */
  sendInOrder(
    rawBodies: readonly { readonly account: string; readonly rawBody: string }[],
    server?: number,
  ): Promise<void>
  /** Looks at the data beside the servers. */
  look<T>(ask: (storage: Storage) => Promise<T>): Promise<T>
  /** Holds all that come to a point, in all servers. */
  close(gate: GateName): RaceGate
  /** The first order numbers that each server draws from now on are all the same one. */
  repeatNumbers(): void
  /** Puts the clocks forward. */
  advance(ms: number): Promise<unknown>
  /** Puts the clock of one server forward. */
  advanceServer(server: number, ms: number): Promise<void>
  /** Slow calls of the processor act now; those who wait for the answer do not know yet. */
  actSlowly(): Promise<unknown>
  /** Slow calls of the processor end from now on. */
  answerSlowCalls(): void
  /** All servers do the jobs that are due, at once. */
  runJobs(): Promise<unknown>
  /** Courses given by the platform. */
  enrolments(): number
  /** How often money was taken. */
  captures(): number
  /** Does the jobs that are left, examines the books, and closes the shop. @throws Error when they are broken */
  end(): Promise<void>
}

/** Opens a shop that is served in this way. */
export async function raceShop(serve: (folder: string) => Promise<RaceServers>): Promise<RaceShop> {
  const folder = mkdtempSync(join(tmpdir(), 'bursar-race-'))
  const files = raceFiles(folder)
  const { servers, look, remove } = await serve(folder)
  let ahead = 0
  const system = systemRuntime()
  const runtime = { ...system, now: () => addMilliseconds(system.now(), ahead) }
  const processor = testProcessor({ file: files.processor, runtime, slowMs: SLOW_MS })
  const [first] = servers
  const at = (server: number) => servers[server % servers.length] ?? first
  const admin = (server = 0, site = 'main') => at(server).admin(site)
  const variants = await fillRaceShop(admin())
  const runJobs = () => Promise.all(servers.map((server) => server.runDue()))
  const answerSlowCalls = () => writeFileSync(files.answered, '')
  const advance = (ms: number) => {
    ahead += ms
    return Promise.all(servers.map((server) => server.advance(ms)))
  }

  async function send(server: number, account: string, rawBody: string): Promise<void> {
    const signature = await signTestEvent({ secrets: ['webhook'], rawBody, at: runtime.now() })
    await at(server).webhook(account, rawBody, new Headers({ [TEST_SIGNATURE_HEADER]: signature }))
  }

  return {
    ...{ processor, variants, servers: servers.length, admin, runJobs, look, advance, answerSlowCalls },
    advanceServer: (server, ms) => at(server).advance(ms),
    close: (gate) => closeGate(folder, gate),
    repeatNumbers: () => writeFileSync(files.sameNumbers, ''),
    customer: (customerId, server = 0, site = 'main') => at(server).customer(customerId, site),
    guest: (server = 0) => at(server).guest('main'),
    actSlowly: () => advance(SLOW_MS + 1),
    async sendWebhooks(times) {
      const due = processor.dueDeliveries()
      const sent = due.flatMap((delivery) => Array.from({ length: times }, (_, time) => ({ ...delivery, time })))
      await Promise.all(sent.map(({ account, rawBody, time }) => send(time, account, rawBody)))
      for (const { id } of due) processor.settleDelivery(id, 'accepted')
    },
    async sendInOrder(events, server = 0) {
      for (const [index, { account, rawBody }] of events.entries()) await send(server + index, account, rawBody)
    },
    enrolments: () => localPlatformRecords(files.platform).enrolments.length,
    captures: () => processor.log().filter(({ effect }) => effect === 'captured').length,
    async end() {
      // A test that failed may have left a gate closed.
      rmSync(join(folder, 'gates'), { recursive: true, force: true, maxRetries: 5 })
      answerSlowCalls()
      await runJobs()
      const { findings } = await admin().reports.doctor({})
      processor.close()
      for (const server of servers) await server.close()
      await remove()
      rmSync(folder, { recursive: true })
      const broken = faultsOf(findings)
      if (broken.length > 0) throw new Error(`The books are broken: ${JSON.stringify(broken)}`)
    },
  }
}
