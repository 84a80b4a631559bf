import { join } from 'node:path'
import {
  addMilliseconds,
  type Commerce,
  createCommerce,
  type Runtime,
  type StepName,
  systemRuntime,
} from '@bursar/core'
import { sessionAuthenticator } from '../authenticators/index.ts'
import { type LocalPlatform, localPlatform } from '../local-platform/index.ts'
import { postgresStorage } from '../postgres/index.ts'
import { sqliteStorage } from '../sqlite/index.ts'
import { type TestProcessor, testProcessor } from '../test-processor/index.ts'

/** Files of the shop, its processor and its platform, and where its servers died, in one folder. */
export const killFiles = (folder: string) => ({
  shop: join(folder, 'shop.db'),
  processor: join(folder, 'processor.db'),
  platform: join(folder, 'platform.db'),
  deaths: join(folder, 'deaths.txt'),
})

/** The account, site and operator of the shop. */
export const KILL_SHOP = { operator: 'acme', site: 'main', account: 'card', course: 'AB101' }

/** A shop of one course, paid by card and delivered by a platform, in files that outlive the process. */
export interface KillShop {
  readonly commerce: Commerce
  readonly processor: TestProcessor
  readonly platform: LocalPlatform
}

/** Where a shop is kept: its processor and its platform in files, and itself too unless a database of PostgreSQL is named. */
export interface KillPlace {
  readonly folder: string
  readonly database?: string | undefined
}

/** The place that this process was told of when it was started. */
export const placeOfEnvironment = ({ FOLDER = '', DATABASE }: NodeJS.ProcessEnv): KillPlace => ({
  folder: FOLDER,
  database: DATABASE,
})

/** What tells a process of a place. */
export const environmentOf = ({ folder, database }: KillPlace): NodeJS.ProcessEnv => ({
  FOLDER: folder,
  ...(database === undefined ? {} : { DATABASE: database }),
})

/** Opens the shop. The header `x-learner` says who is signed in. */
export async function killShop(
  { folder, database }: KillPlace,
  options: { address?: () => string; failpoint?: (step: StepName) => void; laterMs?: number } = {},
): Promise<KillShop> {
  const { address = () => '', failpoint = () => {}, laterMs = 0 } = options
  const runtime = laterRuntime(laterMs)
  const files = killFiles(folder)
  const processor = testProcessor({
    file: files.processor,
    lateMs: 150,
    slowMs: 100,
    webhook: { urlOf: (account) => `${address()}/v1/webhooks/${account}`, secretsOf: () => ['webhook'] },
  })
  const platform = localPlatform({
    file: files.platform,
    courses: [{ id: KILL_SHOP.course, modes: [{ mode: 'audit' }, { mode: 'verified' }] }],
  })
  const commerce = createCommerce({
    storage:
      database === undefined
        ? sqliteStorage({ file: files.shop })
        : postgresStorage({ url: database, maxConnections: 4 }),
    payments: { test: processor },
    fulfilment: { campus: platform },
    authenticators: [
      sessionAuthenticator(({ header, site }) => {
        const learner = header('x-learner')
        return learner === null ? null : { type: 'customer', site: site.site, customerId: learner }
      }),
    ],
    secrets: (ref) => ref,
    runtime,
    failpoint,
  })
  await commerce.migrate()
  return { commerce, processor, platform }
}

/** Fills an empty shop. */
export async function fillKillShop({ commerce }: KillShop): Promise<void> {
  const { operator, site, account, course } = KILL_SHOP
  await commerce.install({
    operator: { id: operator, name: 'Acme' },
    seller: { id: 'acme-ltd', legalName: 'Acme Ltd', country: 'DE', currency: 'EUR' },
    site: { id: site, name: 'Acme', country: 'DE', currencies: ['EUR'], hosts: ['127.0.0.1'] },
  })
  const { admin } = commerce.as({ type: 'system', site })
  await admin.priceLists.create({ id: 'eur', name: 'Euro', currency: 'EUR' })
  await admin.paymentAccounts.create({
    ...{ id: account, processor: 'test', title: 'Card', mode: 'test', seller: 'acme-ltd', currencies: ['EUR'] },
    secretRefs: { webhook: 'webhook', key: 'key' },
  })
  await admin.sites.update({ id: site, priceLists: ['eur'], paymentAccounts: [account] })
  await admin.products.create({
    ...{ type: 'course', title: 'Algebra', publication: { slug: 'algebra' } },
    variants: [
      {
        ...{ name: 'verified', prices: [{ priceList: 'eur', amount: 4900 }] },
        fulfilment: { provider: 'campus', target: { course, mode: 'verified' } },
      },
    ],
  })
  await admin.promotions.create({
    ...{ id: 'ten', name: 'Ten off', requiresCode: true, benefit: { type: 'percent', percent: '10' } },
    limits: { uses: 5, usesPerCustomer: 1 },
  })
  await admin.codes.create({ code: 'TENOFF', promotionId: 'ten' })
}

/** A clock that is ahead: leases of a process that died are over when the next one starts. */
function laterRuntime(laterMs: number): Runtime {
  const runtime = systemRuntime()
  return { ...runtime, now: () => addMilliseconds(runtime.now(), laterMs) }
}
