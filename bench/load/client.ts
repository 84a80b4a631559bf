import { asker } from './asker.ts'
import { type Scenario, type Stock, scenarios } from './scenarios.ts'
import { zipf } from './zipf.ts'

/** What to send, how many at once, for how long. */
export interface Order {
  readonly url: string
  readonly scenario: keyof typeof scenarios
  readonly stock: Stock
  readonly headers: Record<string, string>
  readonly connections: number
  readonly seconds: number
  /** At most so many, whatever the seconds say. */
  readonly requests: number
}

/** What came of it. */
export interface Outcome {
  readonly count: number
  readonly errors: number
  /** Seconds. */
  readonly elapsed: number
  /** Milliseconds of each. */
  readonly took: readonly number[]
}

process.on('message', async (order: Order) => {
  const { ask, close } = asker(order)
  const scenario: Scenario = scenarios[order.scenario]
  const took: number[] = []
  let [n, errors] = [0, 0]
  const began = performance.now()
  const shopper = async (): Promise<void> => {
    while (n < order.requests && performance.now() < began + order.seconds * 1000) {
      const started = performance.now()
      try {
        await scenario(ask, order.stock, (list) => zipf(list), n++)
        took.push(performance.now() - started)
      } catch (error) {
        if (errors === 0) console.error(order.scenario, error)
        errors += 1
      }
    }
  }
  await Promise.all(Array.from({ length: order.connections }, shopper))
  const elapsed = (performance.now() - began) / 1000
  const outcome: Outcome = { count: took.length, errors, elapsed, took }
  close()
  process.send?.(outcome)
})
