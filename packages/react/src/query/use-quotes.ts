import { createQuotesBatcher, type Quote, type QuoteLineInput, type QuotePlace } from '@bursar/core/client'
import { useQueries } from '@tanstack/react-query'
import { onceBy } from '../once-by.ts'
import { useBursar } from '../scope.ts'
import { quoteOptions } from './query-options.ts'
import { type QueryResult, type ReadState, readState } from './read-state.ts'

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
        results.find(({ fetchStatus, error }) => fetchStatus !== 'idle' || error) ??
        results[0] ??
        ({ data: quotes, fetchStatus: 'idle' } as QueryResult<unknown>) // without lines all is there
      return readState<'quotes.create', unknown, LoadedQuotes>(whole, () => ({ quotes }))
    },
  })
}
