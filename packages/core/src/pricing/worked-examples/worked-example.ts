import type { ShopperFacts } from '../../promotion/index.ts'
import type { TaxRate } from '../../tax/index.ts'
import type { PriceList } from '../price-list.ts'
import type {
  LineRefusal,
  PlaceOfSale,
  PricedCode,
  PricedPromotion,
  PricedVariant,
  PricingInputs,
} from '../pricing-inputs.ts'
import type { CodeRefusal } from '../quote.ts'

/** A page of worked examples: one file. */
export interface WorkedExamples {
  /** What the page is about, in a sentence. */
  about: string
  /** What all of its examples begin with. */
  given?: Given | undefined
  /** One after the other. */
  examples: readonly WorkedExample[]
}

/** A cart and what it costs. Amounts are decimals in the cart's currency; with a currency behind them (`5.00 EUR`) they are Money. */
export interface WorkedExample {
  /** What it shows, with the numbers of the failures of real shops that it guards against, if any. */
  name: string
  /** What it is priced from; what is absent is as the page says, else as {@link inputsOf} says. */
  given: Given
  /** What comes out; what is absent is not looked at. */
  expect: Expected
}

/** What an example is priced from. */
export interface Given {
  /** ISO 4217 code. @default EUR */
  currency?: string | undefined
  /** The clock. @default 2026-06-15T12:00:00.000Z, a Monday */
  now?: string | undefined
  /** Country, or country and region (`CA-QC`). @default DE */
  place?: string | undefined
  /** Settings of the site. @default prices with tax, half up, Europe/Berlin */
  site?: Partial<PricingInputs['site']> | undefined
  /** Who buys. @default a customer without groups, not known whether it is the first order */
  shopper?: Partial<ShopperFacts> | undefined
  /** What is sold, by name: variant `var_<name>` of the product `prd_<name>`. */
  catalog?: { readonly [name: string]: Article } | undefined
  /** Price lists by id; `list` is one for everybody. */
  lists?: { readonly [id: string]: Partial<PriceList> } | undefined
  /** Lines by id: `2 × algebra`, or in full. */
  cart?: { readonly [lineId: string]: string | Readonly<Record<string, unknown>> } | undefined
  /** Promotions by id; without a code unless `requiresCode` says so. */
  promotions?: { readonly [id: string]: Partial<PricedPromotion> } | undefined
  /** Codes of the cart by what was typed, each with its promotion. */
  codes?: { readonly [code: string]: Partial<PricedCode> & { promotion: string } } | undefined
  /** Tax rates by id. @default of Germany, for every category, named VAT */
  taxes?: { readonly [id: string]: Partial<TaxRate> } | undefined
  /** Other inputs as they are. */
  inputs?: Partial<PricingInputs> | undefined
}

/** What is sold in an example. */
export interface Article extends Omit<Partial<PricedVariant>, 'prices'> {
  /** Its price in the list `list`: of one, by the quantity from which it counts, or none. @default none */
  price?: string | { readonly [from: string]: string } | null | undefined
  /** Its prices in other lists, by list. */
  in?: { readonly [list: string]: string | { readonly [from: string]: string } } | undefined
  /** Tax category. @default learning */
  tax?: string | undefined
}

/** What an example costs. */
export interface Expected {
  /** Before discounts. */
  base?: string | undefined
  /** Taken off. */
  discount?: string | undefined
  /** Without tax. */
  net?: string | undefined
  /** Tax. */
  tax?: string | undefined
  /** What is paid. */
  total: string
  /** By line: what is paid for it, or its amounts. */
  lines?: { readonly [lineId: string]: string | ExpectedLine } | undefined
  /** By code: `applied`, or why not. */
  codes?: { readonly [code: string]: 'applied' | CodeRefusal } | undefined
  /** Promotions that took something, in the order of application. */
  promotions?: readonly string[] | undefined
  /** By counter: how many it would use, or how much in minor units. */
  uses?: { readonly [counter: string]: number } | undefined
  /** Is something decided only at checkout? */
  provisional?: boolean | undefined
}

/** What a line costs. */
export interface ExpectedLine {
  base?: string | undefined
  discount?: string | undefined
  net?: string | undefined
  tax?: string | undefined
  total?: string | undefined
  /** Why it can't be sold. */
  refusal?: LineRefusal | undefined
  /** What is paid for each part. */
  parts?: { readonly [part: string]: string } | undefined
  /** Steps with an amount or a contained tax, in order: `price 49.00`, `tax 0.00 (incl. 7.82)`. */
  steps?: readonly string[] | undefined
}

/** Place of sale of an example, such as `CA-QC`. */
export function placeOf(place: string): PlaceOfSale {
  const [country = '', region] = place.split('-')
  return { country, ...(region === undefined ? {} : { region }), basis: 'assumed' }
}
