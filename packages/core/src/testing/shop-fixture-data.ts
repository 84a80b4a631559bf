import {
  draftProductFields,
  draftVariant,
  type Product,
  type PublicationRecord,
  products,
  publications,
  type Variant,
  variants,
} from '../catalog/index.ts'
import { type PaymentAccount, paymentAccounts } from '../payment/index.ts'
import type { Change, Scope } from '../ports/index.ts'
import { PRICING_VERSION_ID, priceLists, pricingVersions, variantPrices } from '../pricing/index.ts'
import { type Code, codes, type Promotion, promotions } from '../promotion/index.ts'
import { type Seller, type Site, SYSTEM_SCOPE, sellers, sites } from '../site/index.ts'
import { insert } from '../storage/index.ts'
import { taxRates } from '../tax/index.ts'

/** The operator of the fixture's shop. */
export const OPERATOR = 'opr_school'

/** Ids of the fixture's records, by what they are. */
export const SHOP_IDS = {
  operator: OPERATOR,
  sites: { main: 'main', north: 'north' },
  accounts: { card: 'card_main', invoice: 'invoice_main', northCard: 'card_north' },
  variants: {
    /** 100.00, three places, delivered by the learning platform; 19 % tax. */
    course: 'var_course',
    /** Free, delivered by the learning platform. */
    audit: 'var_audit',
    /** 29.99, at most ten of a line, a download; 7 % tax. */
    book: 'var_book',
    /** 120.00, a bundle of course and book. */
    program: 'var_program',
    /** 50.00, at most five of a line, delivered by nobody. */
    service: 'var_service',
  },
  promotions: { spring: 'pro_spring', free: 'pro_free' },
  codes: {
    /** `SPRING`: 20 % off, twice in all, once per customer. */
    spring: 'cod_spring',
    /** `FREE`: 100 % off. */
    free: 'cod_free',
  },
} as const

const NOW = '2026-01-01T00:00:00.000Z'

/** What the fixture's shop is made of, by scope: what commits have to store. */
export function shopData(site: Partial<Site>): { scope: Scope; changes: Change[] }[] {
  const main = sampleSite({ id: 'main', paymentAccounts: ['card_main', 'invoice_main'], ...site })
  const north = sampleSite({ id: 'north', paymentAccounts: ['card_north'], priceBasis: 'exclusive', orderPrefix: 'N' })
  return [
    { scope: SYSTEM_SCOPE, changes: accounts.map((account) => insert(paymentAccounts, account.id, account)) },
    { scope: { operator: OPERATOR }, changes: operatorData([main, north]) },
    { scope: { operator: OPERATOR, site: 'main' }, changes: published() },
    { scope: { operator: OPERATOR, site: 'north' }, changes: published() },
  ]
}

function operatorData(ownSites: readonly Site[]): Change[] {
  return [
    insert(pricingVersions, PRICING_VERSION_ID, { changes: [] }),
    insert(sellers, seller.id, seller),
    ...ownSites.map((site) => insert(sites, site.id, site)),
    insert(priceLists, 'prl_eur', {
      ...{ id: 'prl_eur', name: 'Standard', currency: 'EUR', groups: null, countries: null, from: null, until: null },
      ...{ priority: 0, status: 'active' as const },
    }),
    insert(taxRates, 'de', { id: 'de', country: 'DE', category: '*', name: 'VAT', rate: '19' }),
    insert(taxRates, 'de-book', { id: 'de-book', country: 'DE', category: 'book', name: 'VAT', rate: '7' }),
    ...catalog.flatMap(({ product, variant, amount }) => [
      insert(products, product.id, product),
      insert(variants, variant.id, variant),
      insert(variantPrices, variant.id, {
        variantId: variant.id,
        prices: [{ priceList: 'prl_eur', amount, minimumQuantity: 1 }],
      }),
    ]),
    ...deals.flatMap(({ promotion, code }) => [
      insert(promotions, promotion.id, promotion),
      insert(codes, code.id, code),
    ]),
  ]
}

function published(): Change[] {
  return catalog.map(({ product }, place) => {
    const texts = [{ text: product.title, weight: 10 }]
    const publication: PublicationRecord = {
      ...{ productId: product.id, slug: product.id, from: null, until: null, place, productType: product.type, texts },
    }
    return insert(publications, product.id, publication)
  })
}

/** A site of the fixture's operator. */
function sampleSite(changes: Partial<Site> & Pick<Site, 'id'>): Site {
  return {
    name: 'A school',
    hosts: [],
    origins: [],
    returnUrls: ['https://learn.example.org/'],
    seller: seller.id,
    currencies: ['EUR'],
    locales: ['en'],
    timeZone: 'Europe/Berlin',
    country: 'DE',
    priceLists: ['prl_eur'],
    paymentAccounts: [],
    requiredConsents: [],
    allowsGuests: true,
    deliversOnAccount: false,
    onPaymentFailure: 'suspend',
    rounding: 'half_up',
    priceBasis: 'inclusive',
    capture: 'automatic',
    checkoutMinutes: 30,
    policies: { ownership: 'sell_and_review', tax: 'sell_and_review', screening: 'sell_and_review' },
    orderPrefix: 'M',
    theme: {},
    ...changes,
  }
}

const seller: Seller = {
  id: 'sel_school',
  legalName: 'School Ltd',
  address: [],
  country: 'DE',
  taxRegistrations: [],
  currency: 'EUR',
  timeZone: 'Europe/Berlin',
  invoicePrefix: 'R',
}

const sampleAccount = (changes: Pick<PaymentAccount, 'id' | 'processor'>): PaymentAccount => ({
  operator: OPERATOR,
  title: changes.processor,
  mode: 'test',
  seller: seller.id,
  currencies: ['EUR'],
  secretRefs: { webhook: `secret of ${changes.id}` },
  status: 'active',
  ...changes,
})

const accounts = [
  sampleAccount({ id: 'card_main', processor: 'test' }),
  sampleAccount({ id: 'invoice_main', processor: 'invoice' }),
  sampleAccount({ id: 'card_north', processor: 'test' }),
]

interface CatalogEntry {
  product: Product
  variant: Variant
  amount: number
}

function sold(name: string, amount: number, changes: Partial<Variant> & { type: string }): CatalogEntry {
  const { type, ...rest } = changes
  const [productId, variantId] = [`prd_${name}`, `var_${name}`]
  const defaults = { maximumQuantity: 1, taxCategory: 'learning' }
  const variant = draftVariant({ name, ...rest }, null, { id: variantId, productId, type: defaults })
  const product: Product = {
    ...draftProductFields({ title: `The ${name}` }, null),
    ...{ id: productId, type, externalId: null, variants: [variantId], status: 'active', createdAt: NOW },
  }
  return { product, variant, amount }
}

const catalog: readonly CatalogEntry[] = [
  sold('course', 10_000, {
    type: 'course',
    capacity: 3,
    serviceStart: '2026-03-01T00:00:00.000Z',
    fulfilment: { provider: 'school', target: { course: 'C1', mode: 'verified' } },
  }),
  sold('audit', 0, { type: 'course', fulfilment: { provider: 'school', target: { course: 'C1', mode: 'audit' } } }),
  sold('book', 2999, {
    type: 'book',
    maximumQuantity: 10,
    taxCategory: 'book',
    fulfilment: { provider: 'files', target: { file: 'book.pdf' } },
  }),
  sold('program', 12_000, {
    type: 'program',
    maximumQuantity: 2,
    bundle: {
      parts: [
        { id: 'course', variantId: 'var_course' },
        { id: 'book', variantId: 'var_book' },
      ],
      pricing: { type: 'own_price' },
      ownedParts: 'sell_all',
    },
  }),
  sold('service', 5000, { type: 'service', maximumQuantity: 5, validityDays: 30 }),
]

function deal(name: string, percent: string, changes: { limits: Promotion['limits']; uses: number | null }) {
  const promotion: Promotion = {
    ...{ id: `pro_${name}`, name, sites: null, from: null, until: null, requiresCode: true, conditions: [] },
    ...{ benefit: { type: 'percent', percent }, limits: changes.limits, stacking: 'combinable', priority: 0 },
    status: 'active',
  }
  const code: Code = {
    ...{ id: `cod_${name}`, code: name.toUpperCase(), site: '*', promotionId: promotion.id, uses: changes.uses },
    ...{ from: null, until: null, status: 'active' },
  }
  return { promotion, code }
}

const deals = [
  deal('spring', '20', { limits: { uses: 2, usesPerCustomer: 1 }, uses: 2 }),
  deal('free', '100', { limits: { uses: null, usesPerCustomer: null }, uses: null }),
]
