import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  addMilliseconds,
  type Commerce,
  createCommerce,
  type InProcessClient,
  memoryStorage,
  type Storage,
  systemRuntime,
} from '@bursar/core'
import { signTestEvent } from '@bursar/core/testing'
import { localPlatform, localPlatformRecords } from '../local-platform/index.ts'
import { manualProcessor } from '../manual-processor/index.ts'
import { sqliteStorage } from '../sqlite/index.ts'
import { TEST_SIGNATURE_HEADER, type TestProcessor, testProcessor } from '../test-processor/index.ts'
import { testSchema } from '../testing/test-schema.ts'

/** A shop that is served by one or two processes at once, as their commerces stand for them. */
export interface RaceShop {
  /** One per server. Each has its own queues and its own price book; what they share is the storage. */
  readonly servers: readonly Commerce[]
  readonly processor: TestProcessor
  readonly variants: { readonly book: string; readonly seat: string }
  /** The client of a customer, at the server of this number (modulo how many there are). */
  customer(customerId: string, server?: number): InProcessClient
  admin(): InProcessClient['admin']
  /** Sends the webhooks that are due: each as often as told, to all servers in turn, all at once. */
  sendWebhooks(times: number): Promise<unknown>
  /** Puts the clock forward. */
  advance(ms: number): void
  /** All servers do the jobs that are due, at once. */
  runJobs(): Promise<unknown>
  /** Courses given by the platform. */
  enrolments(): number
  /** How often money was taken. */
  captures(): number
  /** Does the jobs that are left, examines the books, and closes the shop. @throws Error when they are broken */
  end(): Promise<void>
}

/** The storages of the servers, over the same data. */
export const RACE_STORAGES: Record<string, (file: string) => readonly Storage[]> = {
  'memory, one server': () => [memoryStorage()],
  'memory, two servers': () => {
    const storage = memoryStorage()
    return [storage, storage]
  },
  'SQLite, one server': (file) => [sqliteStorage({ file })],
  'SQLite, two servers': (file) => [sqliteStorage({ file }), sqliteStorage({ file })],
  'PostgreSQL, one server': () => onPostgres(1),
  'PostgreSQL, two servers': () => onPostgres(2),
}

/** Storages on one schema, which goes when the first of them is closed. */
function onPostgres(servers: number): readonly Storage[] {
  const { open, end } = testSchema()
  // Two hundred buyers at once are to wait here, not to be turned away.
  const patient = { maxWaiting: 10_000, timeoutMs: 60_000 }
  const [first, ...others] = Array.from({ length: servers }, () => open(patient))
  if (first === undefined) return []
  return [{ ...first, close: end }, ...others]
}

/** Opens a shop with a book without limits, and a course of one seat. */
export async function raceShop(storages: (file: string) => readonly Storage[]): Promise<RaceShop> {
  const folder = mkdtempSync(join(tmpdir(), 'bursar-race-'))
  let ahead = 0
  const system = systemRuntime()
  const runtime = { ...system, now: () => addMilliseconds(system.now(), ahead) }
  const processor = testProcessor({ file: ':memory:', runtime })
  const courses = join(folder, 'platform.db')
  const platform = localPlatform({ file: courses, courses: [{ id: 'AB101', modes: [{ mode: 'verified' }] }] })
  const servers = storages(join(folder, 'shop.db')).map((storage) =>
    createCommerce({
      ...{ storage, runtime, fulfilment: { campus: platform }, secrets: (ref) => ref },
      payments: { test: processor, invoice: manualProcessor({ instructions: () => 'Please transfer the amount.' }) },
    }),
  )
  const [first] = servers
  if (first === undefined) throw new Error('A shop has a server.')
  for (const server of servers) await server.migrate()
  const variants = await fill(first)
  const at = (server: number): Commerce => servers[server % servers.length] ?? first
  const admin = () => first.as({ type: 'system', site: 'main' }).admin
  const runJobs = () => Promise.all(servers.map(({ jobs }) => jobs.runDue()))

  return {
    servers,
    processor,
    variants,
    customer: (customerId, server = 0) => at(server).as({ type: 'customer', site: 'main', customerId }),
    admin,
    advance: (ms) => {
      ahead += ms
    },
    runJobs,
    async sendWebhooks(times) {
      const due = processor.dueDeliveries()
      const sent = due.flatMap((delivery) => Array.from({ length: times }, (_, time) => ({ ...delivery, time })))
      await Promise.all(
        sent.map(async ({ account, rawBody, time }) => {
          const signature = await signTestEvent({ secrets: ['webhook'], rawBody, at: runtime.now() })
          const headers = new Headers({ [TEST_SIGNATURE_HEADER]: signature })
          await at(time).handleWebhook(account, new TextEncoder().encode(rawBody), headers)
        }),
      )
      for (const { id } of due) processor.settleDelivery(id, 'accepted')
    },
    enrolments: () => localPlatformRecords(courses).enrolments.length,
    captures: () => processor.log().filter(({ effect }) => effect === 'captured').length,
    async end() {
      await runJobs()
      const { findings } = await admin().reports.doctor({})
      for (const server of servers) await server.close()
      processor.close()
      platform.close()
      rmSync(folder, { recursive: true })
      const broken = findings.filter(({ severity }) => severity === 'broken')
      if (broken.length > 0) throw new Error(`The books are broken: ${JSON.stringify(broken)}`)
    },
  }
}

async function fill(commerce: Commerce): Promise<RaceShop['variants']> {
  await commerce.install({
    operator: { id: 'acme', name: 'Acme' },
    seller: { id: 'acme-ltd', legalName: 'Acme Ltd', country: 'DE', currency: 'EUR' },
    site: { id: 'main', name: 'Main', country: 'DE', currencies: ['EUR'] },
  })
  const { admin } = commerce.as({ type: 'system', site: 'main' })
  await admin.priceLists.create({ id: 'eur', name: 'Euro', currency: 'EUR' })
  const account = { mode: 'test', seller: 'acme-ltd', currencies: ['EUR'] } as const
  const secretRefs = { webhook: 'webhook', key: 'key' }
  await admin.paymentAccounts.create({ ...account, id: 'card', processor: 'test', title: 'Card', secretRefs })
  await admin.paymentAccounts.create({ ...account, id: 'invoice', processor: 'invoice', title: 'Invoice' })
  await admin.sites.update({ id: 'main', priceLists: ['eur'], paymentAccounts: ['card', 'invoice'] })
  await admin.promotions.create({
    ...{ id: 'ten', name: 'Ten off', requiresCode: true, benefit: { type: 'percent', percent: '10' } },
    limits: { uses: 10, usesPerCustomer: null },
  })
  await admin.codes.create({ code: 'TENUSES', promotionId: 'ten' })
  await admin.promotions.create({
    ...{ id: 'gift', name: 'Grant', requiresCode: true, benefit: { type: 'percent', percent: '10' } },
    limits: { ...{ uses: null, usesPerCustomer: null }, money: [{ amount: 1000, currency: 'EUR' }], whenShort: 'rest' },
  })
  await admin.codes.create({ code: 'GRANT', promotionId: 'gift' })
  const book = await admin.products.create({
    ...{ type: 'book', title: 'Book', publication: {} },
    variants: [{ name: 'print', maximumQuantity: 10, prices: [{ priceList: 'eur', amount: 1900 }] }],
  })
  const seat = await admin.products.create({
    ...{ type: 'course', title: 'Workshop', publication: {} },
    variants: [
      {
        ...{ name: 'verified', capacity: 1, prices: [{ priceList: 'eur', amount: 4900 }] },
        fulfilment: { provider: 'campus', target: { course: 'AB101', mode: 'verified' } },
      },
    ],
  })
  return { book: book.variants[0]?.id ?? '', seat: seat.variants[0]?.id ?? '' }
}
