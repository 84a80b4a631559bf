import { id } from '../ids/id.schema.ts'
import { model, type ObjectMaker, part, type SchemaOf } from '../json/checked.schema.ts'
import { choice, dictionary, flag, formed, items, list, text, whole } from '../json/field.schema.ts'
import { currency, knownCurrency, roundingMode } from '../money/money.schema.ts'
import { timeZone } from '../time/instant.schema.ts'
import { consentKind } from './consent.schema.ts'
import { country, locale } from './country.schema.ts'
import type { Site, UnknownPolicy } from './site.ts'
import type { PaymentMethodView, SiteView } from './site-api.ts'
import type { SitePricing } from './site-pricing.ts'

const hostName = formed(/^[a-z0-9.:[\]-]+$/, 'a host name in lower case without port', { maximum: 253 })
const origin = formed(/^https?:\/\/[^/?#\s]+$/, 'an origin such as https://learn.example.org', { maximum: 300 })
const theme = dictionary(text(0, 200))
const unknownPolicy: SchemaOf<UnknownPolicy> = choice('sell_and_review', 'refuse')

/** Fields of a site but its id. */
export const siteFields = (object: ObjectMaker) => ({
  name: text(1, 200),
  hosts: list(hostName, 100),
  origins: list(origin, 100),
  returnUrls: list(text(1, 2000), 100),
  seller: id,
  currencies: list(currency, 50, 1),
  locales: list(locale, 50),
  timeZone,
  country,
  priceLists: list(id, 100),
  paymentAccounts: list(id, 50),
  requiredConsents: list(consentKind, 4),
  allowsGuests: flag,
  deliversOnAccount: flag,
  onPaymentFailure: choice('suspend', 'keep'),
  rounding: roundingMode,
  priceBasis: choice('inclusive', 'exclusive'),
  pricing: object<SitePricing>()({
    percentRounding: choice('unit', 'line', 'order').optional(),
    promotionChoice: choice('best', 'priority').optional(),
    taxRounding: choice('unit', 'line', 'order').optional(),
    foreignPrices: choice('same_shelf', 'same_net').optional(),
    taxExemptGroups: list(text(1, 100), 100).optional(),
  }).optional(),
  capture: choice('automatic', 'manual'),
  checkoutMinutes: whole(5, 10_080),
  policies: object<Site['policies']>()({ ownership: unknownPolicy, tax: unknownPolicy, screening: unknownPolicy }),
  orderPrefix: text(0, 20),
  theme,
})

/** A site as staff see it. */
export const site: SchemaOf<Site> = model<Site>('Site')({ id, ...siteFields(part) })

const paymentMethodView = model<PaymentMethodView>('PaymentMethod')({
  account: id,
  title: text(0, 200),
  processor: text(1, 100),
  mode: choice('test', 'live'),
  currencies: items(knownCurrency),
})

/** A site as shoppers see it. */
export const siteView: SchemaOf<SiteView> = model<SiteView>('SiteView')({
  id,
  name: text(1, 200),
  currencies: items(knownCurrency),
  locales: items(locale),
  timeZone,
  priceBasis: choice('inclusive', 'exclusive'),
  allowsGuests: flag,
  requiredConsents: items(consentKind),
  paymentMethods: items(paymentMethodView),
  theme,
})
