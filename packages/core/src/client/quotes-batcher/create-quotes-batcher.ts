import type { CommerceClient } from '../../contract/index.ts'
import { INTERNAL } from '../../errors/client-codes.ts'
import type { PagePort } from '../../ports/index.ts'
import { systemPage } from '../../ports/system-runtime.ts'
import type { CreateQuoteInput, Quote, QuoteLineInput } from '../../pricing/index.ts'
import { clientError } from '../client-error.ts'

/** Where and in which currency a price is asked for. Lines that differ in it are priced in requests of their own. */
export type QuotePlace = Pick<CreateQuoteInput, 'currency' | 'country'>

/** What a quotes batcher is made of. */
export interface QuotesBatcherOptions {
  /** Remote, or in process. */
  client: CommerceClient
  /** Timers. @default the browser's */
  page?: Pick<PagePort, 'sleep'> | undefined
}

/** Prices for many course cards, each asking for its own. */
export interface QuotesBatcher {
  /**
   * The price of one line as if alone. Calls within 20 ms become one `POST /v1/quotes` per 50 different lines.
   * @throws BursarError the codes of `quotes.create`
   */
  quote(line: QuoteLineInput, place?: QuotePlace): Promise<Quote>
}

/** Lines per request, as the contract bounds them. */
const MAXIMUM_LINES = 50
/** So long calls are collected, milliseconds: cards of one page render within a frame or two. */
const WINDOW = 20

interface Waiting {
  readonly line: QuoteLineInput
  readonly promise: Promise<Quote>
  resolve(quote: Quote): void
  reject(error: unknown): void
}

/** Makes one. */
export function createQuotesBatcher({ client, page = systemPage() }: QuotesBatcherOptions): QuotesBatcher {
  const batches = new Map<string, Map<string, Waiting>>()

  function collect(place: QuotePlace): Map<string, Waiting> {
    const key = JSON.stringify([place.currency, place.country])
    const open = batches.get(key)
    if (open !== undefined && open.size < MAXIMUM_LINES) return open
    const batch = new Map<string, Waiting>()
    batches.set(key, batch)
    void page.sleep(WINDOW, new AbortController().signal).then(() => {
      if (batches.get(key) === batch) batches.delete(key)
      return send([...batch.values()], place)
    })
    return batch
  }

  async function send(waiting: readonly Waiting[], { currency, country }: QuotePlace): Promise<void> {
    try {
      const lines = waiting.map(({ line }) => line)
      const input = { lines, ...(currency && { currency }), ...(country && { country }) }
      const { quotes } = await client.quotes.create(input)
      waiting.forEach(({ resolve, reject }, index) => {
        const quote = quotes[index]
        if (quote === undefined) reject(clientError(INTERNAL))
        else resolve(quote)
      })
    } catch (error) {
      for (const { reject } of waiting) reject(error)
    }
  }

  return {
    quote(line, place = {}) {
      const batch = collect(place)
      const key = JSON.stringify([line.variantId, line.quantity ?? 1])
      const known = batch.get(key)
      if (known !== undefined) return known.promise
      const waiting = withPromise(line)
      batch.set(key, waiting)
      return waiting.promise
    },
  }
}

function withPromise(line: QuoteLineInput): Waiting {
  let settle: Pick<Waiting, 'resolve' | 'reject'> = { resolve: () => {}, reject: () => {} }
  const promise = new Promise<Quote>((resolve, reject) => {
    settle = { resolve, reject }
  })
  return { line, promise, ...settle }
}
