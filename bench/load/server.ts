import { readFileSync } from 'node:fs'
import { constants, PerformanceObserver } from 'node:perf_hooks'
import { createHandler, pinoLogger, serve } from '@bursar/node'
import { peersAt } from '../soak/peers-at.ts'
import { loadShop } from './load-shop.ts'
import { openPlace } from './place.ts'

/** What a server answers when it is asked what it has used. */
export interface Usage {
  /** Microseconds of processor. */
  cpu: number
  /** Resident bytes. */
  rss: number
  roundTrips: number
  statements: number
  /** Collections of old objects. */
  collections: number
}

/** What a server answers when it is asked what it holds. */
export interface State {
  /** Bytes that are alive after a collection; without `--expose-gc`, and those that are not yet collected. */
  heap: number
  rss: number
  /** Bytes that V8 holds for its heap, and those of buffers outside of it. */
  held: number
  external: number
  /** Resident bytes that are read from files: the program's code. */
  mapped: number
  /** Sockets, timers, files. */
  handles: number
  /** Jobs that could run, and those that wait for their time. */
  due: number
  later: number
}

const { PLACE = '', KIND = 'bursar', PEERS = '' } = process.env

/** Bursar as an operator runs it, the jobs and the log included. */
async function startBursar() {
  const { storage, sent } = openPlace(PLACE)
  const commerce = loadShop(storage, PEERS === '' ? undefined : peersAt(PEERS))
  await commerce.migrate()
  const logger = pinoLogger()
  const { url } = await serve({
    commerce,
    logger,
    handler: createHandler(commerce, { logger }),
    port: 0,
    announce: () => {},
  })
  const depth = () => storage.jobs.depth({ now: new Date().toISOString() })
  // Those in hand are among them.
  const hasDelivered = async () => (await storage.jobs.nextRunAt({ queues: ['grant.deliver'] })) === null
  return { url, sent, depth, hasDelivered }
}

async function start() {
  switch (KIND) {
    case 'floor':
      return (await import('./floor.ts')).startFloor(PLACE, 'together')
    case 'floor-alone':
      return (await import('./floor.ts')).startFloor(PLACE, 'alone')
    case 'floor-purchase':
    case 'floor-purchase-alone':
    case 'floor-purchase-calls':
      return (await import('./purchase/floor-purchase.ts')).startPurchaseFloor(PLACE, KIND)
    default:
      return startBursar()
  }
}

const collected = countCollections()
const server = await start()
// The bench has ended.
process.on('disconnect', () => process.exit())
process.on('message', async (question) => {
  process.send?.(question === 'state' ? await state() : question === 'usage' ? usage() : await hasDelivered())
})
process.send?.(server.url)

const hasDelivered = async (): Promise<boolean> => !('hasDelivered' in server) || server.hasDelivered()

function usage(): Usage {
  const { user, system } = process.cpuUsage()
  return { cpu: user + system, rss: process.memoryUsage.rss(), collections: collected(), ...server.sent() }
}

/** While old objects are looked for, some 20 ms each time, the loop gets on half as fast: most of what p99 comes to. */
function countCollections(): () => number {
  let count = 0
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) {
      const { detail } = entry as unknown as { detail: { kind: number } } // of each `gc`, though its types do not say so
      if (detail.kind === constants.NODE_PERFORMANCE_GC_MAJOR) count += 1
    }
  }).observe({ entryTypes: ['gc'] })
  return () => count
}

async function state(): Promise<State> {
  const depths = 'depth' in server ? await server.depth() : []
  globalThis.gc?.()
  const { rss, heapUsed: heap, heapTotal: held, external } = process.memoryUsage()
  const mapped = 1024 * Number(/RssFile:\s+(\d+)/.exec(readFileSync('/proc/self/status', 'utf8'))?.[1])
  const handles = process.getActiveResourcesInfo().length
  const sum = (of: 'due' | 'later') => depths.reduce((all, depth) => all + depth[of], 0)
  return { heap, rss, held, external, mapped, handles, due: sum('due'), later: sum('later') }
}
