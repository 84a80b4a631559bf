import { findCartOfToken, forgetCartsJob } from '../cart/index.ts'
import {
  countPlacesJob,
  dropRecipientJob,
  handleEventJob,
  pullEventsJob,
  receiveEvent,
  reconcileJob,
  scheduleRounds,
} from '../checkout/index.ts'
import { buildWholeClient, type Invoke } from '../contract/index.ts'
import { fulfilmentJobs, ProviderGate } from '../fulfilment/index.ts'
import type { Principal } from '../ports/index.ts'
import { PRICING_VERSION_ID, pricingVersions, siteOf } from '../pricing/index.ts'
import { byId, forgetKeysJob, readAll } from '../storage/index.ts'
import { authenticate } from './authenticate.ts'
import { buy } from './buy.ts'
import { collections } from './collections.ts'
import type { Commerce, InProcessClient, JobWorker } from './commerce.ts'
import { deepFreeze } from './deep-freeze.ts'
import { createSiteFinder } from './find-site.ts'
import { installOperator } from './install-operator.ts'
import { isReady } from './is-ready.ts'
import { createJobWorker } from './job-worker.ts'
import { commerceOptionChecks, optionProblems } from './option-checks.ts'
import type { CommerceOptions } from './options.ts'
import { type CommercePorts, portsOf } from './ports-of.ts'
import { runOperation } from './run-operation.ts'

/**
 * Makes the host's object out of a storage and whatever adapters the host has.
 *
 * @throws TypeError for an option that is not known, or that is no adapter of its kind.
 *
 * @example
 * const commerce = createCommerce({ storage: memoryStorage() })
 * await commerce.migrate()
 */
export function createCommerce(options: CommerceOptions): Commerce {
  checkOptions(options)
  const ports = portsOf(options)
  const sites = createSiteFinder(ports)
  const gate = new ProviderGate(ports.runtime)
  const work = { ...ports, jobs: ports.storage.jobs, unavailable: () => gate.shut() }
  const worker = withRounds(ports, createJobWorker(work, jobHandlers(ports, gate)))
  const as = (principal: Principal): InProcessClient => {
    const invoke: Invoke = async (name, input, given) =>
      deepFreeze(await runOperation(ports, sites, name, principal, input, given))
    return buildWholeClient(invoke)
  }
  return {
    as,
    invoke: (name, principal, input, given = {}) => runOperation(ports, sites, name, principal, input, given),
    siteOf: (request) => sites.ofRequest(request),
    authenticate: (request) =>
      authenticate({ storage: ports.storage, authenticators: options.authenticators ?? [], sites }, request),
    buy: async (principal, input) => {
      const client = as(principal)
      const [site, opened] = await Promise.all([
        currentSite(ports, sites, principal),
        cartOfToken(ports, sites, principal),
      ])
      // A guest's cart that was taken at the sign-in is empty, and its cookie is still there: a customer's own goes before it.
      const isOwn = principal.type === 'customer' && (opened?.lines.length ?? 0) === 0
      const cart = isOwn ? ((await client.me.cart())?.cart ?? null) : opened
      return buy(client, { site, cart }, input)
    },
    handleWebhook: (account, rawBody, headers) => receiveEvent(ports, account, rawBody, headers),
    install: (input) => installOperator(ports, input),
    jobs: worker,
    ready: () => isReady(ports),
    migrate: () => ports.storage.migrate(collections),
    close: async () => {
      await worker.stop()
      await ports.storage.close()
    },
  }
}

/** A misspelt `fulfilment` would sell what is never delivered. */
function checkOptions(options: unknown): void {
  if (typeof options !== 'object' || options === null) throw new TypeError('createCommerce takes an object of options.')
  const problems = optionProblems(options, commerceOptionChecks)
  if (problems.length > 0) throw new TypeError(`createCommerce: ${problems.join(' ')}`)
}

/** Before the rounds are scheduled again where the storage failed, in milliseconds. */
const ROUNDS_AGAIN = 2000

/**
 * A worker that also sees to the rounds of the accounts that are there when it begins, however it begins; one that is made
 * later sees to itself, and each round to the next.
 */
function withRounds(ports: CommercePorts, worker: JobWorker): JobWorker {
  let isScheduled = false
  let stopping: AbortController | null = null
  async function schedule(): Promise<void> {
    if (isScheduled) return
    await scheduleRounds(ports)
    isScheduled = true
  }
  async function scheduleUntil(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      try {
        return await schedule()
      } catch (error) {
        ports.logger.error('what is done over and over could not be scheduled', { reason: String(error) })
      }
      await ports.runtime.sleep(ROUNDS_AGAIN, signal).catch(() => {})
    }
  }
  return {
    start() {
      worker.start()
      if (stopping !== null) return
      stopping = new AbortController()
      void scheduleUntil(stopping.signal)
    },
    stop(options) {
      stopping?.abort()
      stopping = null
      return worker.stop(options)
    },
    async runDue() {
      await schedule()
      return worker.runDue()
    },
  }
}

function jobHandlers(ports: CommercePorts, gate: ProviderGate) {
  return {
    'payment.event': handleEventJob(ports),
    'payment.reconcile': reconcileJob(ports),
    'payment.pull': pullEventsJob(ports),
    ...fulfilmentJobs(ports, gate),
    'keys.forget': forgetKeysJob(ports),
    'carts.forget': forgetCartsJob(ports),
    'places.count': countPlacesJob(ports),
    'recipient.drop': dropRecipientJob(ports),
  }
}

async function currentSite(ports: CommercePorts, sites: ReturnType<typeof createSiteFinder>, principal: Principal) {
  const { operator, site } = await sites.ofId(principal.site)
  const book = ports.books.of(operator)
  const [pricing] = await readAll(ports.storage, { operator }, byId(pricingVersions, PRICING_VERSION_ID))
  book.sync(pricing)
  return siteOf(await book.whole(), site)
}

/** The cart that the caller's cookie opens and that still takes commands, or null. */
async function cartOfToken(ports: CommercePorts, sites: ReturnType<typeof createSiteFinder>, principal: Principal) {
  const token = 'cartToken' in principal ? principal.cartToken : undefined
  if (token === undefined) return null
  const cart = await findCartOfToken(ports, await sites.ofId(principal.site), token)
  return cart?.orderId === undefined ? cart : null
}
