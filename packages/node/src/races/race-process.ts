import { serve } from '../server/index.ts'
import { raceCommerce, raceFiles } from './race-commerce.ts'
import { openStorage, type RacePlace } from './race-place.ts'
import type { ProcessAnswer, ProcessOrder } from './start-race-process.ts'

/** A process that serves the shops of races, one after another, as its parent tells it. Their jobs run only when told. */
interface OpenShop {
  readonly url: string
  advance(ms: number): void
  runDue(): Promise<unknown>
  close(): Promise<void>
}

let shop: OpenShop | null = null

async function open(place: RacePlace, folder: string): Promise<OpenShop> {
  const { commerce, processor, platform, advance } = raceCommerce(openStorage(place, raceFiles(folder).shop), folder)
  await commerce.migrate()
  const server = await serve({ commerce, port: 0, jobs: false, announce: () => {} })
  return {
    url: server.url,
    advance,
    runDue: () => commerce.jobs.runDue(),
    async close() {
      await server.close()
      processor.close()
      platform.close()
    },
  }
}

async function follow(order: ProcessOrder): Promise<string | undefined> {
  if (order.do === 'open') shop = await open(order.place, order.folder)
  if (order.do === 'advance') shop?.advance(order.ms)
  if (order.do === 'run_due') await shop?.runDue()
  if (order.do === 'close') await shop?.close()
  return shop?.url
}

const answer = (message: ProcessAnswer) => process.send?.(message)

process.on('message', async (order: ProcessOrder) => {
  try {
    answer({ order: order.id, failure: null, url: await follow(order) })
  } catch (error) {
    answer({ order: order.id, failure: error instanceof Error ? (error.stack ?? error.message) : String(error) })
  }
})
process.on('disconnect', () => process.exit())
