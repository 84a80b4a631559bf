import type { Commerce, InProcessClient } from '../commerce/commerce.ts'
import { createCommerce } from '../commerce/index.ts'
import type { PromotionOptions } from '../commerce/options.ts'
import type {
  DeliveryAnswer,
  DiscountVerifier,
  FulfilmentProvider,
  Logger,
  Runtime,
  Storage,
  TaxCalculator,
} from '../ports/index.ts'
import { memoryStorage } from '../storage/index.ts'
import { type SimulatedProcessor, simulatedProcessor } from './simulated-processor/index.ts'

/** What a {@link memoryShop} may be otherwise. */
export interface MemoryShopOptions {
  /** Time and chance. @default the system's */
  readonly runtime?: Runtime | undefined
  /** The host's own kinds of promotions. @default none */
  readonly promotions?: PromotionOptions | undefined
  /** Reckons taxes. @default the tables */
  readonly taxCalculator?: TaxCalculator | undefined
  /** Read the discounts that the host signs. @default none */
  readonly discountVerifiers?: readonly DiscountVerifier[] | undefined
  /** For what an operator should know. @default writes nothing */
  readonly logger?: Logger | undefined
  /** Where it is kept. @default memory */
  readonly storage?: Storage | undefined
}

/** A whole shop in memory, of the site `main`: what a page's own tests call instead of a server. */
export interface MemoryShop {
  /** The shop. Its worker is not started: `commerce.jobs.runDue()` delivers. */
  readonly commerce: Commerce
  /** The operator's own client. */
  readonly system: InProcessClient
  /** Takes the payment tokens of `PAYMENT_SCRIPTS`; `confirm` is what its hosted field calls. */
  readonly processor: SimulatedProcessor
  /** Variant ids: a course for 49.00 EUR, a book for 19.99, a service for 120.00, a place for 10.00 of which there is one. */
  readonly variants: {
    readonly course: string
    readonly book: string
    readonly service: string
    readonly place: string
  }
  /** What the learning platform answers to deliveries from now on. @default done */
  answerDeliveries(answer: DeliveryAnswer): void
}

const SITE = 'main'

/** Codes: `TENOFF` takes 10 % off. Consents: `terms` is required. Guests may buy. */
export async function memoryShop(options: MemoryShopOptions = {}): Promise<MemoryShop> {
  const { storage = memoryStorage(), ...rest } = options
  const { runtime } = rest
  let delivery: DeliveryAnswer = { outcome: 'done' }
  const campus: FulfilmentProvider = {
    kind: 'learning',
    checkTarget: () => null,
    deliver: async () => delivery,
    withdraw: async () => ({ outcome: 'done' }),
    status: async () => delivery,
  }
  const processor = simulatedProcessor({ runtime })
  const commerce = createCommerce({
    storage,
    payments: { test: processor },
    fulfilment: { campus },
    secrets: (ref) => ref,
    ...rest,
  })
  await commerce.migrate()
  await commerce.install({
    operator: { id: 'school', name: 'School' },
    seller: { id: 'school-ltd', legalName: 'School Ltd', country: 'DE', currency: 'EUR' },
    site: {
      ...{ id: SITE, name: 'School', country: 'DE', currencies: ['EUR'], requiredConsents: ['terms'] },
      returnUrls: ['https://school.example.org/'],
    },
  })
  const system = commerce.as({ type: 'system', site: SITE })
  const variants = await fill(system)
  const answerDeliveries = (answer: DeliveryAnswer) => {
    delivery = answer
  }
  return { commerce, system, processor, variants, answerDeliveries }
}

async function fill({ admin }: InProcessClient): Promise<MemoryShop['variants']> {
  await admin.priceLists.create({ id: 'list', name: 'List', currency: 'EUR' })
  await admin.paymentAccounts.create({
    ...{ id: 'card', processor: 'test', mode: 'test', seller: 'school-ltd', currencies: ['EUR'], title: 'Card' },
    secretRefs: { key: 'key', webhook: 'webhook' },
  })
  await admin.sites.update({ id: SITE, priceLists: ['list'], paymentAccounts: ['card'], allowsGuests: true })
  await admin.promotions.create({
    ...{ id: 'ten', name: 'Ten off', requiresCode: true, benefit: { type: 'percent', percent: '10' } },
  })
  await admin.codes.create({ code: 'TENOFF', promotionId: 'ten' })
  const target = { provider: 'campus', target: { course: 'algebra' } }
  let place = 0
  const make = async (type: string, title: string, variant: { amount: number; capacity?: number }) => {
    const { amount, ...rest } = variant
    const made = await admin.products.create({
      // Made within a millisecond, they would stand in any order.
      ...{ type, title, publication: { place: place++ } },
      variants: [
        {
          // Tests of other things buy the same course again and again.
          ...{
            name: 'standard',
            repeatable: true,
            maximumQuantity: 50,
            prices: [{ priceList: 'list', amount }],
            ...rest,
          },
          ...(type === 'course' ? { fulfilment: target } : {}),
        },
      ],
    })
    return made.variants[0]?.id ?? ''
  }
  return {
    course: await make('course', 'Algebra', { amount: 4900 }),
    book: await make('book', 'Geometry', { amount: 1999 }),
    service: await make('service', 'Tutoring', { amount: 12_000 }),
    place: await make('course', 'Workshop', { amount: 1000, capacity: 1 }),
  }
}
