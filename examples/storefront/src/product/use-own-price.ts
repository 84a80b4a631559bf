import type { QuoteLine, VariantView } from '@bursar/core/client'
import { useQuotes } from '@bursar/react/query'
import { useCurrency } from '../host/currency.tsx'

/** What one of a variant costs whoever looks at it, with the reasons; null while that is not known. */
export function useOwnPrice(variant: VariantView | undefined): { line: QuoteLine; currency: string } | null {
  const { currency } = useCurrency()
  const lines = variant === undefined ? [] : [{ variantId: variant.id }]
  const read = useQuotes(lines, currency === undefined ? {} : { currency })
  const quote = read.status === 'ready' ? read.quotes[0] : undefined
  const line = quote?.lines[0]
  return quote === undefined || line === undefined ? null : { line, currency: quote.currency }
}
