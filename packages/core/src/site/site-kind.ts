import { type InputIssue, issueUnless } from '../errors/index.ts'
import { isCurrency } from '../money/index.ts'
import { type NamedRecord, type NewRecord, present, type RecordKind } from '../storage/index.ts'
import { isTimeZone } from '../time/index.ts'
import { sites } from './site.collection.ts'
import type { Site } from './site.ts'
import { checkTheme } from './theme/check-theme.ts'

/** A site to be made. */
export type NewSite = NewRecord<
  Site,
  | 'hosts'
  | 'origins'
  | 'returnUrls'
  | 'locales'
  | 'timeZone'
  | 'priceLists'
  | 'paymentAccounts'
  | 'requiredConsents'
  | 'allowsGuests'
  | 'deliversOnAccount'
  | 'onPaymentFailure'
  | 'rounding'
  | 'priceBasis'
  | 'capture'
  | 'checkoutMinutes'
  | 'policies'
  | 'orderPrefix'
  | 'theme'
>

/**
 * How sites are made and checked. What a site names (seller, price lists, payment accounts) stands in folders that this
 * one does not see, so the use case says where those are.
 */
export function siteKind(names: (site: Site) => readonly NamedRecord[]): RecordKind<Site, NewSite> {
  return {
    collection: sites,
    changesPrices: true,
    uniqueMembers: {},
    listed: () => ({ index: 'id' }),
    id: (_input, runtime) => runtime.newId('sit'),
    complete: (input, id) => ({ ...DEFAULTS, ...present(input), id }),
    normalise: normaliseSite,
    names,
    check: checkSite,
  }
}

const DEFAULTS = {
  hosts: [],
  origins: [],
  returnUrls: [],
  locales: ['en'],
  timeZone: 'UTC',
  priceLists: [],
  paymentAccounts: [],
  requiredConsents: [],
  allowsGuests: false,
  deliversOnAccount: false,
  onPaymentFailure: 'suspend',
  rounding: 'half_up',
  priceBasis: 'inclusive',
  capture: 'automatic',
  checkoutMinutes: 60,
  policies: { ownership: 'sell_and_review', tax: 'sell_and_review', screening: 'sell_and_review' },
  orderPrefix: '',
  theme: {},
} as const satisfies Partial<Site>

/**
 * Return addresses are stored as URLs write themselves, so that one without a path gets its slash: else the text
 * `https://shop.example` would also begin `https://shop.example.evil.test`.
 */
function normaliseSite(site: Site): Site {
  return {
    ...site,
    hosts: site.hosts.map((host) => host.toLowerCase()),
    returnUrls: site.returnUrls.map((address) => webUrl(address)?.href ?? address),
  }
}

function checkSite(site: Site): readonly InputIssue[] {
  return [
    ...issueUnless(site.name.trim() !== '', 'name', 'must not be empty'),
    ...issueUnless(site.currencies.length > 0, 'currencies', 'must name at least one'),
    ...each(site.currencies, 'currencies', isCurrency, 'must be a currency of ISO 4217'),
    ...issueUnless(site.locales.length > 0, 'locales', 'must name at least one'),
    ...each(site.locales, 'locales', isLocale, 'must be a language tag of BCP 47, such as pt-BR'),
    ...issueUnless(isTimeZone(site.timeZone), 'timeZone', 'must be an IANA time zone such as Europe/Berlin'),
    ...issueUnless(/^[A-Z]{2}$/.test(site.country), 'country', 'must be a country code of ISO 3166-1, such as DE'),
    ...each(site.hosts, 'hosts', isHost, 'must be a host name without port, such as shop.example.org'),
    ...each(site.origins, 'origins', isOrigin, 'must be exactly an origin, such as https://learn.example.org'),
    ...each(
      site.returnUrls,
      'returnUrls',
      isReturnUrl,
      'must be an absolute address that begins with https:// or http://',
    ),
    ...each(site.priceLists, 'priceLists', () => true, ''),
    ...each(site.paymentAccounts, 'paymentAccounts', () => true, ''),
    ...issueUnless(isMinutes(site.checkoutMinutes), 'checkoutMinutes', 'must be from 5 to 10,080'),
    ...checkTheme(site.theme),
  ]
}

/** Checks each entry, and that none stands twice. */
function each(
  values: readonly string[],
  path: string,
  isGood: (value: string) => boolean,
  message: string,
): InputIssue[] {
  return values.flatMap((value, index) => [
    ...issueUnless(isGood(value), `${path}.${index}`, message),
    ...issueUnless(values.indexOf(value) === index, `${path}.${index}`, 'stands here twice'),
  ])
}

function isLocale(tag: string): boolean {
  try {
    return Intl.getCanonicalLocales(tag).length === 1
  } catch {
    return false
  }
}

/** A name as URLs write it: no port, path or user, nothing that an address bar would show otherwise. */
function isHost(host: string): boolean {
  return webUrl(`https://${host}/`)?.host === host && !host.includes(':')
}

function isOrigin(origin: string): boolean {
  return webUrl(origin)?.origin === origin
}

function isReturnUrl(address: string): boolean {
  const url = webUrl(address)
  return url !== null && url.username === '' && url.password === ''
}

function webUrl(address: string): URL | null {
  const url = URL.canParse(address) ? new URL(address) : null
  return url?.protocol === 'https:' || url?.protocol === 'http:' ? url : null
}

function isMinutes(minutes: number): boolean {
  return Number.isInteger(minutes) && minutes >= 5 && minutes <= 10_080
}
