import type { CommerceClient } from '../../contract/index.ts'
import { INTERNAL } from '../../errors/client-codes.ts'
import { CodedError, isBursarError } from '../../errors/index.ts'
import type { PagePort } from '../../ports/index.ts'
import { systemPage } from '../../ports/system-runtime.ts'
import type { CreateQuoteInput, Quote, QuoteLineInput } from '../../pricing/index.ts'

/** Where and in which currency a price is asked for. Lines that differ in it are priced in requests of their own. */
export type QuotePlace = Pick<CreateQuoteInput, 'currency' | 'country' | 'region'>

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
   * The price of one line as if alone. Calls within 20 ms become one `POST /v1/quotes` per 50 different lines. One of them
   * that is not valid is refused alone; its issues name it by its place in the request.
   * @throws BursarError the codes of `quotes.create`
   */
  quote(line: QuoteLineInput, place?: QuotePlace): Promise<Quote>
}

interface Batch {
  /** By what they say as JSON: the same line is asked for once. */
  readonly lines: Map<string, QuoteLineInput>
  readonly answer: ReturnType<CommerceClient['quotes']['create']>
}

/** Makes one. */
export function createQuotesBatcher({ client, page = systemPage() }: QuotesBatcherOptions): QuotesBatcher {
  /** Lines per request, as the contract bounds them. */
  const maximumLines = 50
  /** So long calls are collected, milliseconds: cards of one page render within a frame or two. */
  const window = 20
  /** Those that were not sent yet and have room, by place. */
  const batches = new Map<string, Batch>()
  const batcher: QuotesBatcher = {
    async quote(line, inPlace = {}) {
      const place = JSON.stringify(inPlace, ['currency', 'country', 'region'])
      const asked = { quantity: 1, ...line }
      const key = JSON.stringify(asked)
      let batch = batches.get(place)
      if (!batch || batch.lines.size === maximumLines) {
        const lines: Batch['lines'] = new Map()
        const answer = page.sleep(window, new AbortController().signal).then(() => {
          if (batches.get(place)?.lines === lines) batches.delete(place)
          return client.quotes.create({ ...JSON.parse(place), lines: [...lines.values()] })
        })
        batch = { lines, answer }
        batches.set(place, batch)
      }
      const index = [...batch.lines.set(key, asked).keys()].indexOf(key)
      const { lines, answer } = batch
      try {
        const quote = (await answer).quotes[index]
        if (!quote) throw new CodedError(INTERNAL)
        return quote
      } catch (error) {
        if (!isBursarError(error, 'invalid_input')) throw error
        // A line that is none is refused alone; the others are asked for again, together.
        const wrong = error.issues.map(({ path }) => Number(/^lines\.(\d+)/.exec(path)?.[1]))
        if (wrong.includes(index) || !wrong.some((one) => one < lines.size)) throw error
        return batcher.quote(line, inPlace)
      }
    },
  }
  return batcher
}
