import { createQuotesBatcher, type Quote, type QuoteLineInput, type QuotePlace } from '@bursar/core/client'
import { useQueries } from '@tanstack/react-query'
import { onceBy } from '../once-by.ts'
import { useBursar } from '../scope.ts'
import { quoteOptions } from './query-options.ts'
import { type ReadState, readState } from './read-state.ts'

/** Prices of lines, in their order. */
export interface LoadedQuotes {
  /** Each line's price as if it were bought alone. */
  readonly quotes: readonly Quote[]
}

/**
 * Prices for course cards, without a cart: what this shopper would pay for each line alone. All calls of a page within
 * 20 ms become one request per 50 lines, so that each card may ask for its own.
 */
export function useQuotes(
  lines: readonly QuoteLineInput[],
  place: QuotePlace = {},
): ReadState<'quotes.create', LoadedQuotes> {
  const scope = useBursar()
  const batcher = onceBy(scope.shared, useQuotes, () => createQuotesBatcher(scope))
  return useQueries({
    queries: lines.map((line) => quoteOptions({ ...scope, batcher }, line, place)),
    combine: (results) => {
      const quotes = results.flatMap(({ data }) => data ?? [])
      const whole =
        results.find(({ data }) => !data) ??
        results.find(({ fetchStatus, error }) => error || fetchStatus !== 'idle') ??
        results[0]
      return whole === undefined
        ? ({ status: 'ready', isStale: false, quotes } as const)
        : readState<'quotes.create', Quote, LoadedQuotes>(whole, () => ({ quotes }))
    },
  })
}
