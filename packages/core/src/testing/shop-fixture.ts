import { addLine, applyCode, type CartWithQuote, CodesAhead, createCart, getCart } from '../cart/index.ts'
import {
  type CheckoutInput,
  type CheckoutPorts,
  type CheckoutResult,
  dropRecipientJob,
  handleEventJob,
  pullEventsJob,
  receiveEvent,
  reconcileJob,
  startCheckout,
} from '../checkout/index.ts'
import { collections } from '../commerce/collections.ts'
import { type FulfilmentPorts, fulfilmentJobs, ProviderGate } from '../fulfilment/index.ts'
import {
  type Call,
  type DeliveryAnswer,
  type FulfilmentProvider,
  type LeasedJob,
  type Principal,
  type Storage,
  silentLogger,
} from '../ports/index.ts'
import { PriceBooks } from '../pricing/index.ts'
import { builtInRules } from '../promotion/index.ts'
import type { Site } from '../site/index.ts'
import { type JobHandler, type JobOutcome, KeyedQueue, memoryStorage } from '../storage/index.ts'
import { examineWhenFinished } from './examine-when-finished.ts'
import { expectOutcome } from './expectations.ts'
import { invoiceProcessor } from './invoice-processor.ts'
import { OPERATOR, SHOP_IDS, shopData } from './shop-fixture-data.ts'
import {
  type SimulatedProcessor,
  signTestEvent,
  simulatedProcessor,
  TEST_SIGNATURE_HEADER,
} from './simulated-processor/index.ts'
import { type TestRuntime, testRuntime } from './test-runtime.ts'

/** What a test may want to be otherwise. */
export interface ShopFixtureOptions {
  /** An empty storage. @default memory */
  readonly storage?: Storage | undefined
  /** Members of the site `main` that differ. */
  readonly site?: Partial<Site> | undefined
  /** Does the doctor examine it when the test has ended? False where a test breaks it, or opens it in a hook. @default true */
  readonly isExamined?: boolean | undefined
  /** The clock and chance. @default one whose sleeps end at once, from 2026-01-01 on */
  readonly runtime?: TestRuntime | undefined
}

/** What `buy` buys; all has a default. */
export interface Purchase {
  /** The customer's id at the host; null: a guest. @default 'learner-1' */
  readonly hostId?: string | null | undefined
  /** Site id. @default 'main' */
  readonly site?: string | undefined
  /** Variants and how many of each. @default one course */
  readonly lines?: readonly { variantId: string; quantity?: number | undefined }[] | undefined
  /** Codes as typed. @default none */
  readonly codes?: readonly string[] | undefined
  /** What the processor's fields gave. @default 'tok_approve' where a card is used */
  readonly paymentToken?: string | undefined
  /** Payment account id. @default the site's first */
  readonly paymentAccount?: string | undefined
}

/** What came of a purchase. */
export interface Bought extends CheckoutResult {
  /** The cart that was ordered. */
  readonly cart: CartWithQuote
  /** The call of the checkout, and its input: to be repeated. */
  readonly checkout: { readonly call: Call; readonly input: CheckoutInput }
}

/** A small shop in one storage, without the assembly: two sites, a catalog, codes, a processor and two providers. */
export interface ShopFixture {
  /** Where everything is. */
  readonly storage: Storage
  /** The clock. */
  readonly runtime: TestRuntime
  /** What use cases take. */
  readonly ports: CheckoutPorts & FulfilmentPorts
  /** Ids of sites, variants, codes, … */
  readonly ids: typeof SHOP_IDS
  /** The card processor, `test`, with books of its own. */
  readonly processor: SimulatedProcessor
  /** What the providers answer from now on to `deliver`. @default done */
  answerDeliveries(answer: DeliveryAnswer): void
  /** A call by a principal at a site, each with a key of its own. */
  call(principal: Principal, changes?: Partial<Omit<Call, 'principal' | 'scope'>>): Call
  /** A signed-in customer. */
  customer(hostId?: string, site?: string): Principal
  /** A member of staff with all rights. */
  staff(site?: string): Principal
  /** Makes a cart, adds what is bought and checks it out. */
  buy(purchase?: Purchase): Promise<Bought>
  /** Sends the webhooks that are due, signed. Answers how many there were; their jobs are still to be run. */
  sendWebhooks(): Promise<number>
  /** Does the jobs that are due, until none is. Answers how many outcomes there were. */
  runJobs(): Promise<number>
}

/** Makes the shop: stores its data and wires its ports. */
export async function shopFixture(options: ShopFixtureOptions = {}): Promise<ShopFixture> {
  const { storage = memoryStorage(), runtime = testRuntime({ sleeps: 'at_once' }), isExamined = true } = options
  await storage.migrate(collections)
  for (const { scope, changes } of shopData(options.site ?? {})) {
    expectOutcome(await storage.commit(scope, changes), 'committed', 'the data of the fixture')
  }
  if (isExamined) examineWhenFinished({ storage, runtime }, [OPERATOR])
  const processor = simulatedProcessor({ runtime })
  let delivery: DeliveryAnswer = { outcome: 'done' }
  const ports = portsOf({ storage, runtime, processor, deliver: () => delivery })
  let calls = 0
  const call: ShopFixture['call'] = (principal, changes = {}) => {
    calls += 1
    return {
      scope: { operator: OPERATOR, site: principal.site },
      principal,
      operation: 'test',
      key: `key-${calls}`,
      fingerprint: 'request',
      ifVersion: null,
      now: runtime.now(),
      ...changes,
    }
  }
  return {
    storage,
    runtime,
    ports,
    ids: SHOP_IDS,
    processor,
    call,
    answerDeliveries: (answer) => {
      delivery = answer
    },
    customer: (hostId = 'learner-1', site = 'main') => ({ type: 'customer', site, customerId: hostId }),
    staff: (site = 'main') => ({ type: 'staff', site, staffId: 'staff-1', roles: [{ role: 'admin' }] }),
    buy: (purchase = {}) => buy(ports, call, purchase),
    sendWebhooks: () => sendWebhooks(ports, processor),
    runJobs: () => runJobs(ports),
  }
}

type Deliver = () => DeliveryAnswer

function portsOf(parts: {
  storage: Storage
  runtime: TestRuntime
  processor: SimulatedProcessor
  deliver: Deliver
}): CheckoutPorts & FulfilmentPorts {
  const { storage, runtime, processor, deliver } = parts
  return {
    storage,
    runtime,
    books: new PriceBooks(storage, builtInRules),
    rules: builtInRules,
    queue: new KeyedQueue(),
    codesAhead: new CodesAhead(),
    guards: [],
    logger: silentLogger,
    payments: { test: processor, invoice: invoiceProcessor() },
    secrets: (ref) => ref,
    fulfilment: { school: provider('learning', deliver), files: provider('download', deliver) },
    step: () => {},
  }
}

async function buy(ports: CheckoutPorts, call: ShopFixture['call'], purchase: Purchase): Promise<Bought> {
  const { hostId = 'learner-1', site = 'main', codes = [], paymentAccount } = purchase
  const { lines = [{ variantId: SHOP_IDS.variants.course }] } = purchase
  const owner: Principal = hostId === null ? { type: 'shopper', site } : { type: 'customer', site, customerId: hostId }
  const made = await createCart(ports, call(owner), {})
  const principal: Principal = 'token' in made ? { type: 'shopper', site, cartToken: made.token as string } : owner // text where it is there
  const cartId = made.cart.id
  for (const [index, line] of lines.entries()) {
    await addLine(ports, call(principal), { cartId, lineId: `line-${index + 1}`, ...line })
  }
  for (const code of codes) await applyCode(ports, call(principal), { cartId, code })
  const cart = await getCart(ports, call(principal), { cartId })
  const isFree = cart.quote.total === 0 || paymentAccount === SHOP_IDS.accounts.invoice
  const token = purchase.paymentToken ?? (isFree ? undefined : 'tok_approve')
  const input: CheckoutInput = {
    cartId,
    expectedTotal: { amount: cart.quote.total, currency: cart.quote.currency },
    ...(token === undefined ? {} : { paymentToken: token }),
    ...(paymentAccount === undefined ? {} : { paymentAccount }),
    ...(hostId === null ? { guest: { email: 'guest@example.org', name: 'Gwen Guest' } } : {}),
  }
  const checkout = { call: call(principal), input }
  return { cart, checkout, ...(await startCheckout(ports, checkout.call, input)) }
}

async function sendWebhooks(ports: CheckoutPorts, processor: SimulatedProcessor): Promise<number> {
  const due = processor.dueDeliveries()
  for (const { id, account, rawBody } of due) {
    const secrets = [`secret of ${account}`]
    const signature = await signTestEvent({ secrets, rawBody, at: ports.runtime.now() })
    const headers = new Headers({ [TEST_SIGNATURE_HEADER]: signature })
    await receiveEvent(ports, account, new TextEncoder().encode(rawBody), headers)
    processor.settleDelivery(id, 'accepted')
  }
  return due.length
}

async function runJobs(ports: CheckoutPorts & FulfilmentPorts): Promise<number> {
  const gate = new ProviderGate(ports.runtime)
  const handlers: { [queue: string]: JobHandler<never> } = {
    'payment.event': handleEventJob(ports),
    'payment.reconcile': reconcileJob(ports),
    'payment.pull': pullEventsJob(ports),
    'recipient.drop': dropRecipientJob(ports),
    ...fulfilmentJobs(ports, gate),
  }
  let done = 0
  for (;;) {
    const now = ports.runtime.now()
    const unavailable = gate.shut()
    const [job] = await ports.storage.jobs.lease({ worker: 'fixture', limit: 1, leaseMs: 60_000, now, unavailable })
    if (job === undefined) return done
    done += 1
    const handler = handlers[job.queue]
    if (handler === undefined) throw new Error(`There is no handler of the queue ${job.queue}.`)
    await settleJob(ports, job, await handler(job.data as never, job)) // each queue's data are those of its handler
  }
}

async function settleJob({ storage }: { storage: Storage }, job: LeasedJob, outcome: JobOutcome): Promise<boolean> {
  switch (outcome.outcome) {
    case 'done':
      return storage.jobs.complete(job)
    case 'again':
      return storage.jobs.retry(job, { runAt: outcome.runAt, error: outcome.reason, waitsFor: outcome.waitsFor })
    case 'park':
      return storage.jobs.park(job, { error: outcome.reason })
  }
}

function provider(kind: string, answer: Deliver): FulfilmentProvider {
  return {
    kind,
    checkTarget: () => null,
    deliver: async () => answer(),
    withdraw: async () => ({ outcome: 'done' }),
    status: async () => answer(),
  }
}
