import type { CalculatedTax } from '../ports/index.ts'

/** What a calculator said of a cart: an input of its quote. */
export type TaxInput =
  /** Taxes of each item that was asked for. */
  | { type: 'calculated'; calculator: string; reference: string | null; items: readonly TaxedItem[] }
  /** It could not be learnt: the tables hold, and the order is marked for review. */
  | { type: 'unknown'; calculator: string }

/** An item that was asked for, with its taxes. */
export interface TaxedItem {
  /** Line id. */
  line: string
  /** Part id. */
  part: string
  /** What it cost after discounts, minor units: the answer holds for this amount alone. */
  amount: number
  /** Its taxes. */
  taxes: readonly CalculatedTax[]
}
