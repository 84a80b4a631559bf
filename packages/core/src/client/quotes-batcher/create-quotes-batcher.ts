import type { CommerceClient } from '../../contract/index.ts'
import { INTERNAL } from '../../errors/client-codes.ts'
import { CodedError } from '../../errors/index.ts'
import type { PagePort } from '../../ports/index.ts'
import { systemPage } from '../../ports/system-runtime.ts'
import type { CreateQuoteInput, Quote, QuoteLineInput } from '../../pricing/index.ts'

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

interface Batch {
  /** By variant and quantity: the same line is asked for once. */
  readonly lines: Map<string, QuoteLineInput>
  readonly answer: ReturnType<CommerceClient['quotes']['create']>
}

/** Makes one. */
export function createQuotesBatcher({ client, page = systemPage() }: QuotesBatcherOptions): QuotesBatcher {
  const batches = new Map<string, Batch>()

  function begin(key: string, { currency, country }: QuotePlace): Batch {
    const lines: Batch['lines'] = new Map()
    const send = () => {
      if (batches.get(key) === batch) batches.delete(key)
      const input = { lines: [...lines.values()], ...(currency && { currency }), ...(country && { country }) }
      return client.quotes.create(input)
    }
    const batch = { lines, answer: page.sleep(WINDOW, new AbortController().signal).then(send) }
    batches.set(key, batch)
    return batch
  }

  return {
    async quote(line, place = {}) {
      const key = JSON.stringify([place.currency, place.country])
      const open = batches.get(key)
      const { lines, answer } = open && open.lines.size < MAXIMUM_LINES ? open : begin(key, place)
      const own = JSON.stringify([line.variantId, line.quantity ?? 1])
      lines.set(own, lines.get(own) ?? line)
      const index = [...lines.keys()].indexOf(own)
      const quote = (await answer).quotes[index]
      if (!quote) throw new CodedError(INTERNAL)
      return quote
    },
  }
}
