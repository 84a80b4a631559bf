import type { Instant } from '../time/index.ts'

/**
 * Reckons taxes instead of the tables: a service. It is asked for each cart that is shown and at checkout, never while
 * something is open in storage; what it answers is kept with the order, which so costs the same for ever.
 *
 * - Pure in effect: asking twice is harmless, and the same request has the same answer.
 * - It answers within five seconds, or says `unknown`. Errors of the network are answers, not exceptions.
 * - `unknown` is not "no tax": the site's policy decides what is sold meanwhile.
 */
export interface TaxCalculator {
  /** Its name in orders and reports, 1 to 64 characters of `A–Z a–z 0–9 _ -`: `stripe-tax`. */
  readonly name: string
  /** The taxes on what a cart holds. */
  calculate(request: TaxRequest): Promise<TaxAnswer>
}

/** A sale whose taxes are asked for. */
export interface TaxRequest {
  /** ISO 4217 code. */
  currency: string
  /** Do the amounts contain the tax? */
  priceBasis: 'inclusive' | 'exclusive'
  /** When. */
  at: Instant
  /** Site id. */
  site: string
  /** Where the site is at home, ISO 3166-1 alpha-2. */
  home: string
  /** Where the sale takes place, and how that is known. */
  place: { country: string; region?: string | undefined; basis: 'assumed' | 'declared' | 'evidenced' }
  /** That the buyer pays no tax, or not those of some jurisdictions, and why; null for all others. */
  exemption: { reason: string; jurisdictions?: readonly string[] | null | undefined } | null
  /** What is sold, at least one. */
  items: readonly TaxRequestItem[]
}

/** A part of a line. */
export interface TaxRequestItem {
  /** Unique in the request. */
  id: string
  /** Tax category of the variant. */
  category: string
  /** How many. */
  quantity: number
  /** What all of them cost after discounts, minor units, 0 or more, in the price basis of the request. */
  amount: number
}

/** What a calculator says. */
export type TaxAnswer =
  /** The taxes of each item, once, in any order. Contained ones are together no more than the item's amount. */
  | { type: 'calculated'; reference: string | null; items: readonly { id: string; taxes: readonly CalculatedTax[] }[] }
  /** It does not reckon sales of this place: the tables hold, without a review. */
  | { type: 'by_table' }
  /** It could not be learnt. `reason` is for staff. */
  | { type: 'unknown'; reason: string }

/** One tax on an item. */
export interface CalculatedTax {
  /** Name that shoppers see, 1 to 100 characters. */
  name: string
  /** Percent as a decimal string with at most six decimals. */
  rate: string
  /** Whose tax it is: a country, or a region as ISO 3166-2 writes it, such as `US-NY`. */
  jurisdiction: string
  /** Minor units, 0 or more. */
  amount: number
}
