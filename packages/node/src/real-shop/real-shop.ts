import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import {
  type Commerce,
  createCommerce,
  type InProcessClient,
  type Principal,
  type Runtime,
  type StaffRole,
  type Storage,
} from '@bursar/core'
import { faultsOf } from '@bursar/core/testing'
import { sessionAuthenticator } from '../authenticators/index.ts'
import { createHandler } from '../handler/index.ts'
import { localPlatform } from '../local-platform/index.ts'
import { pinoLogger } from '../logging/index.ts'
import { manualProcessor } from '../manual-processor/index.ts'
import { toNodeListener } from '../server/index.ts'
import { sqliteStorage } from '../sqlite/index.ts'
import { testProcessor } from '../test-processor/index.ts'
import { listen } from '../testing/listen.ts'
import { testSchema } from '../testing/test-schema.ts'

/** A shop as it is served: two operators in one file, the first with two sites, behind a server that logs. */
export interface RealShop {
  readonly commerce: Commerce
  readonly url: string
  /** Variant ids of the operator `acme`: what is on sale at `main`, and what is not in one way or another. */
  readonly variants: RealVariants
  /** Asks as who is signed in by the header `x-principal`; no header: a shopper. */
  ask(request: RealRequest): Promise<RealAnswer>
  /** All that is in the file of a shop on SQLite, as text: what must not change when a request is refused. */
  tables(): string
  /** The bytes of the shop's files as they lie on the disk, deleted rows and the write-ahead log included. */
  bytes(): string
  /** All that was logged. */
  logged(): string
  /** Does the jobs that are due. */
  runJobs(): Promise<number>
  /** What `bursar doctor` finds broken, of both operators. */
  broken(): Promise<unknown[]>
  /** Closes the shop. @throws Error when the doctor finds its books broken, whatever the tests have looked at */
  end(): Promise<void>
}

export interface RealVariants {
  readonly book: string
  readonly free: string
  readonly course: string
  readonly hidden: string
  readonly archived: string
  readonly closed: string
}

/** A request of a test. */
export interface RealRequest {
  readonly method?: string
  readonly path: string
  readonly site?: string
  readonly as?: Principal | null
  readonly body?: unknown
  readonly headers?: Record<string, string>
}

/** What was answered. */
export interface RealAnswer {
  readonly status: number
  readonly type: string
  readonly text: string
  /** Where it sends to, and the cookie that it sets. */
  readonly location: string | null
  readonly cookie: string | null
  // biome-ignore lint/suspicious/noExplicitAny: a test looks into any answer
  readonly json: any
}

export const customer = (site: string, customerId: string): Principal => ({ type: 'customer', site, customerId })
export const staff = (site: string, role: StaffRole['role']): Principal => ({
  ...{ type: 'staff', site, staffId: 'sam', roles: [{ role }] },
})

/** Storages that a shop is tried on: makes one that is empty, and says how it is removed. */
export const ENGINES: Record<string, () => { storage: Storage; end?: () => Promise<void> } | undefined> = {
  SQLite: () => undefined,
  PostgreSQL: () => {
    const { open, end } = testSchema()
    return { storage: open(), end }
  },
}

/** Opens the shop in a folder of its own. @param engine what it is kept in instead of a file of that folder, and its clock */
export async function realShop(engine?: {
  storage: Storage
  end?: () => Promise<void>
  runtime?: Runtime
}): Promise<RealShop> {
  const folder = mkdtempSync(join(tmpdir(), 'bursar-real-'))
  const lines: string[] = []
  const logger = pinoLogger({ destination: { write: (line) => void lines.push(line) } })
  const processor = testProcessor({ file: join(folder, 'processor.db') })
  const platform = localPlatform({
    file: join(folder, 'platform.db'),
    courses: [{ id: 'AB101', modes: [{ mode: 'audit' }, { mode: 'verified' }] }],
  })
  const commerce = createCommerce({
    storage: engine?.storage ?? sqliteStorage({ file: join(folder, 'shop.db') }),
    payments: { test: processor, invoice: manualProcessor({ instructions: () => 'Please transfer the amount.' }) },
    fulfilment: { campus: platform },
    authenticators: [
      sessionAuthenticator(({ header }) => JSON.parse(header('x-principal') ?? 'null') as Principal | null), // ours
    ],
    secrets: (ref) => ref,
    logger,
    runtime: engine?.runtime,
  })
  await commerce.migrate()
  const variants = await fillAcme(commerce)
  await fillOther(commerce)
  const broken = async () => {
    const reports = await Promise.all(
      ['main', 'other'].map((site) => commerce.as({ type: 'system', site }).admin.reports.doctor({})),
    )
    return reports.flatMap(({ findings }) => faultsOf(findings))
  }
  const server = await listen(toNodeListener(createHandler(commerce, { logger })))

  return {
    commerce,
    url: server.url,
    variants,
    async ask({ method = 'GET', path, site = 'main', as = null, body, headers = {} }) {
      const response = await fetch(`${server.url}${path}`, {
        method,
        redirect: 'manual',
        headers: {
          'bursar-site': site,
          ...(as === null ? {} : { 'x-principal': JSON.stringify(as) }),
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
          ...headers,
        },
        ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
      })
      const text = await response.text()
      const type = response.headers.get('content-type') ?? ''
      const [location, cookie] = [response.headers.get('location'), response.headers.get('set-cookie')]
      return {
        status: response.status,
        type,
        text,
        location,
        cookie,
        json: type.includes('json') ? JSON.parse(text) : null,
      }
    },
    tables: () => dump(join(folder, 'shop.db')),
    bytes: () =>
      readdirSync(folder)
        .filter((name) => name.startsWith('shop.db'))
        .map((name) => readFileSync(join(folder, name), 'latin1'))
        .join('\n'),
    logged: () => lines.join(''),
    runJobs: () => commerce.jobs.runDue(),
    broken,
    async end() {
      const found = await broken()
      await server.close()
      await commerce.close()
      await engine?.end?.()
      processor.close()
      platform.close()
      rmSync(folder, { recursive: true })
      if (found.length > 0) throw new Error(`The books are broken: ${JSON.stringify(found)}`)
    },
  }
}

type Admin = InProcessClient['admin']

async function fillAcme(commerce: Commerce): Promise<RealVariants> {
  await commerce.install({
    operator: { id: 'acme', name: 'Acme' },
    seller: { id: 'acme-ltd', legalName: 'Acme Ltd', country: 'DE', currency: 'EUR' },
    site: { id: 'main', name: 'Main', country: 'DE', currencies: ['EUR', 'USD'], requiredConsents: ['terms'] },
  })
  const { admin } = commerce.as({ type: 'system', site: 'main' })
  await admin.priceLists.create({ id: 'eur', name: 'Euro', currency: 'EUR' })
  const site = { priceLists: ['eur'], paymentAccounts: ['card', 'invoice'] }
  const account = { mode: 'test', seller: 'acme-ltd', currencies: ['EUR', 'USD'] } as const
  await admin.paymentAccounts.create({
    ...{ ...account, id: 'card', processor: 'test', title: 'Card' },
    secretRefs: { webhook: 'webhook', key: 'key' },
  })
  await admin.paymentAccounts.create({ ...account, id: 'invoice', processor: 'invoice', title: 'Invoice' })
  await admin.sites.update({ id: 'main', ...site })
  const second = { id: 'second', name: 'Second', seller: 'acme-ltd', country: 'DE', currencies: ['EUR'] }
  await admin.sites.create({ ...second, ...site })
  const verified = { provider: 'campus', target: { course: 'AB101', mode: 'verified' } }
  const variants = {
    book: await product(admin, { type: 'book', title: 'Book of acme' }, { amount: 1900 }),
    free: await product(admin, { type: 'course', title: 'Free course' }, { amount: 0 }),
    course: await product(admin, { type: 'course', title: 'Algebra' }, { amount: 4900, fulfilment: verified }),
    hidden: await product(admin, { type: 'book', title: 'Hidden', publication: null }, { amount: 100 }),
    archived: await product(admin, { type: 'book', title: 'Archived' }, { amount: 100 }),
    closed: await product(
      admin,
      { type: 'course', title: 'Closed', publication: { until: '2020-01-01T00:00:00.000Z' } },
      { amount: 100 },
    ),
  }
  const archived = (await admin.products.list({ limit: 100 })).items.find(({ product }) => product.title === 'Archived')
  await admin.products.archive({ productId: archived?.product.id ?? '' })
  await fillCodes(admin)
  return variants
}

async function product(
  admin: Admin,
  { publication = {}, ...rest }: { type: string; title: string; publication?: object | null },
  { amount, ...variant }: { amount: number; fulfilment?: { provider: string; target: object } },
): Promise<string> {
  const made = await admin.products.create({
    ...rest,
    ...(publication === null ? {} : { publication }),
    // The same customers buy the same course in many of the tests.
    variants: [{ name: 'standard', repeatable: true, prices: [{ priceList: 'eur', amount }], ...variant }] as never, // as HTTP would send it
  })
  return made.variants[0]?.id ?? ''
}

async function fillCodes(admin: Admin): Promise<void> {
  const percent = { requiresCode: true, benefit: { type: 'percent', percent: '10' } } as const
  await admin.promotions.create({ id: 'ten', name: 'Ten off', ...percent })
  await admin.promotions.create({ id: 'one', name: 'Once', ...percent, limits: { uses: 1, usesPerCustomer: null } })
  await admin.promotions.create({ id: 'past', name: 'Past', ...percent, until: '2020-01-01T00:00:00.000Z' })
  await admin.promotions.create({ id: 'later', name: 'Later', ...percent, from: '2999-01-01T00:00:00.000Z' })
  for (const [code, promotionId] of Object.entries({
    TENOFF: 'ten',
    ONCEONLY: 'one',
    PASTONE: 'past',
    LATERONE: 'later',
  })) {
    await admin.codes.create({ code, promotionId })
  }
}

async function fillOther(commerce: Commerce): Promise<void> {
  await commerce.install({
    operator: { id: 'rival', name: 'Rival' },
    seller: { id: 'rival-ltd', legalName: 'Rival Ltd', country: 'FR', currency: 'EUR' },
    site: { id: 'other', name: 'Other', country: 'FR', currencies: ['EUR'] },
  })
  const { admin } = commerce.as({ type: 'system', site: 'other' })
  await admin.priceLists.create({ id: 'eur', name: 'Euro', currency: 'EUR' })
  await admin.sites.update({ id: 'other', priceLists: ['eur'] })
  await product(admin, { type: 'book', title: 'Book of rival' }, { amount: 2100 })
}

/** Rows of a table but those that count wrong codes, which are the one trace that a refused request leaves. */
function rowsOf(database: DatabaseSync, table: string): unknown[] {
  const rows = database.prepare(`select * from "${table}"`).all()
  return rows.filter((row) => !(typeof row.counter === 'string' && row.counter.startsWith('tries:')))
}

/** Rows of every table, as text; the file is read by a connection of its own. */
function dump(file: string): string {
  const database = new DatabaseSync(file, { readOnly: true })
  try {
    const tables = database.prepare("select name from sqlite_master where type = 'table' order by name").all()
    return tables.map(({ name }) => `${name}\n${JSON.stringify(rowsOf(database, String(name)))}`).join('\n')
  } finally {
    database.close()
  }
}
