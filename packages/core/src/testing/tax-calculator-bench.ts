import type { TaxCalculator, TaxRequest } from '../ports/index.ts'

/** What a bench may offer beside its calculator. */
export type TaxCalculatorNeed = 'an outage' | 'a place elsewhere'

/** A calculator to be tried, and where. */
export interface TaxCalculatorBench {
  /** The calculator. */
  readonly calculator: TaxCalculator
  /** A place where it reckons a tax of more than 1 % and less than 60 % on {@link category}. */
  readonly place: TaxRequest['place']
  /** The site's country. */
  readonly home: string
  /** A tax category that is taxed there. */
  readonly category: string
  /** A place that it leaves to the tables. */
  readonly elsewhere?: TaxRequest['place'] | undefined
  /** Takes its service down: each request after this one fails. */
  breakService?(): void
}

/** What a bench offers. */
export function taxCalculatorAbilities(bench: TaxCalculatorBench): ReadonlySet<TaxCalculatorNeed> {
  const offered: TaxCalculatorNeed[] = []
  if (bench.breakService !== undefined) offered.push('an outage')
  if (bench.elsewhere !== undefined) offered.push('a place elsewhere')
  return new Set(offered)
}
