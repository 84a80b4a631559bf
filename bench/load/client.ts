import { Agent, request } from 'node:http'
import { type Ask, type Scenario, type Stock, scenarios } from './scenarios.ts'

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
  const agent = new Agent({ keepAlive: true, maxSockets: order.connections })
  const ask = asker(order, agent)
  const scenario: Scenario = scenarios[order.scenario]
  const took: number[] = []
  let [n, errors] = [0, 0]
  const began = performance.now()
  const shopper = async (): Promise<void> => {
    while (n < order.requests && performance.now() < began + order.seconds * 1000) {
      const started = performance.now()
      try {
        await scenario(ask, order.stock, zipf, n++)
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
  agent.destroy()
  process.send?.(outcome)
})

/** The inverse of Zipf's distribution with exponent 1, approximately: `length` to the power of a uniform draw. */
function zipf<T>(list: readonly T[]): T {
  const index = Math.min(list.length - 1, Math.floor(list.length ** Math.random()) - 1)
  return list[Math.max(0, index)] as T // the list is not empty
}

function asker({ url, headers: common }: Order, agent: Agent): Ask {
  return (method, path, body, own = {}) =>
    new Promise((resolve, reject) => {
      const text = body === undefined ? undefined : JSON.stringify(body)
      const sized =
        text === undefined ? {} : { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) }
      const outgoing = request(
        `${url}${path}`,
        { agent, method, headers: { ...common, ...own, ...sized } },
        (answer) => {
          let whole = ''
          answer.setEncoding('utf8')
          answer.on('data', (chunk) => {
            whole += chunk
          })
          answer.on('end', () => {
            if ((answer.statusCode ?? 500) >= 300) reject(new Error(`${path}: ${answer.statusCode}`))
            else resolve(JSON.parse(whole))
          })
        },
      )
      outgoing.on('error', reject)
      outgoing.end(text)
    })
}
