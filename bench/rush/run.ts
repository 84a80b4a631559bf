import type { Change, Collection, Storage } from '@bursar/core/storage-adapter'
import { postgresStorage } from '@bursar/node/postgres'
import { startDatabase } from '../load/database.ts'
import { optionsOf } from '../options.ts'

/**
 * How many get through when all want the same few places? Buyers of two processes' storages on one PostgreSQL each write a row,
 * then take a place of one counter, or of two, with six rows, then use it. Options: `--counters` in turn, `--buyers` of each
 * storage, `--places` of each counter, `--seconds`.
 */
const options = optionsOf({
  counters: { type: 'string', default: '1,3,8' },
  buyers: { type: 'string', default: '24' },
  places: { type: 'string', default: '1000000' },
  seconds: { type: 'string', default: '4' },
})
const DUE = '2099-01-01T00:00:00.000Z'
const scope = { operator: 'rush' }
const orders: Collection<{ readonly state: string }> = {
  name: 'orders',
  of: 'operator',
  columns: { state: ({ state }) => state },
  unique: {},
  indexes: { state: ['state'] },
}

interface Outcome {
  readonly counters: number
  through: number
  refused: number
  readonly took: number[]
}

const database = await startDatabase()
const storages = [postgresStorage({ url: database.url }), postgresStorage({ url: database.url })]
for (const storage of storages) await storage.migrate([orders])
const outcomes: Outcome[] = []
for (const counters of options.counters.split(',').map(Number)) outcomes.push(await rush(counters))
console.table(
  outcomes.map(({ counters, through, refused, took }) => ({
    ...{ counters, through, refused },
    'p50 ms': Math.round(took[took.length >> 1] ?? 0),
    'p99 ms': Math.round(took[Math.floor(took.length * 0.99)] ?? 0),
  })),
)
for (const storage of storages) await storage.close()
await database.stop()

async function rush(counters: number): Promise<Outcome> {
  const outcome: Outcome = { counters, through: 0, refused: 0, took: [] }
  const end = performance.now() + Number(options.seconds) * 1000
  let last = 0
  const buyer = async (storage: Storage): Promise<void> => {
    while (performance.now() < end) {
      last += 1
      const began = performance.now()
      const isThrough = await buy(storage, `${counters}-${last}`, placesOf(counters, last))
      outcome[isThrough ? 'through' : 'refused'] += 1
      outcome.took.push(performance.now() - began)
    }
  }
  const buyers = Array.from({ length: Number(options.buyers) })
  await Promise.all(storages.flatMap((storage) => buyers.map(() => buyer(storage))))
  outcome.took.sort((a, b) => a - b)
  return outcome
}

/** One or two of them, in an order that differs from buyer to buyer. */
function placesOf(counters: number, n: number): string[] {
  return [...new Set([`${counters}/${n % counters}`, `${counters}/${(n * 7 + 1) % counters}`])]
}

async function buy(storage: Storage, id: string, places: readonly string[]): Promise<boolean> {
  const put = (version: number, state: string): Change => ({ do: 'put', in: 'orders', id, version, body: { state } })
  const insert = (own: string): Change => ({ do: 'insert', in: 'orders', id: own, body: { state: 'new' } })
  const hold = (counter: string, limit: number): Change => ({ do: 'hold', counter, hold: id, n: 1, limit, due: DUE })
  await storage.commit(scope, [insert(id)])
  const lines = Array.from({ length: 5 }, (_, line) => insert(`${id}-${line}`))
  const holds = [hold(`own/${id}`, 5), ...places.map((counter) => hold(counter, Number(options.places)))]
  const taken = await storage.commit(scope, [put(1, 'held'), ...lines, ...holds])
  if (taken.outcome !== 'committed') return false
  const uses = [`own/${id}`, ...places].map((counter): Change => ({ do: 'commitHold', counter, hold: id }))
  const used = await storage.commit(scope, [put(2, 'used'), ...uses])
  if (used.outcome !== 'committed') throw new Error(`${id} has a place and could not use it: ${used.why}`)
  return true
}
