import { createHandler, pinoLogger, serve } from '@bursar/node'
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
}

const { PLACE = '', KIND = 'bursar' } = process.env

/** Bursar as an operator runs it, the jobs and the log included. */
async function startBursar() {
  const { storage, sent } = openPlace(PLACE)
  const commerce = loadShop(storage)
  await commerce.migrate()
  const logger = pinoLogger()
  const { url } = await serve({
    commerce,
    logger,
    handler: createHandler(commerce, { logger }),
    port: 0,
    announce: () => {},
  })
  return { url, sent }
}

async function start() {
  switch (KIND) {
    case 'floor':
      return (await import('./floor.ts')).startFloor(PLACE, 'together')
    case 'floor-alone':
      return (await import('./floor.ts')).startFloor(PLACE, 'alone')
    case 'floor-purchase':
      return (await import('./purchase/floor-purchase.ts')).startPurchaseFloor(PLACE)
    default:
      return startBursar()
  }
}

const { url, sent } = await start()
// The bench has ended.
process.on('disconnect', () => process.exit())
process.on('message', () => {
  const { user, system } = process.cpuUsage()
  const usage: Usage = { cpu: user + system, rss: process.memoryUsage.rss(), ...sent() }
  process.send?.(usage)
})
process.send?.(url)
