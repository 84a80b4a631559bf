import { serve } from '../server/index.ts'
import { raceCommerce, raceFiles } from './race-commerce.ts'
import { openStorage } from './race-place.ts'
import type { ProcessAnswer, ProcessOrder } from './start-race-process.ts'

/** Serves a shop of a race, says its address to its parent, and does what it is told. Its jobs run only when told. */
const { FOLDER: folder = '', PLACE = '{}' } = process.env
const opened = raceCommerce(openStorage(JSON.parse(PLACE), raceFiles(folder).shop), folder)
await opened.commerce.migrate()
const server = await serve({ commerce: opened.commerce, port: 0, jobs: false, announce: () => {} })

const answer = (message: ProcessAnswer) => process.send?.(message)

process.on('message', async (order: ProcessOrder) => {
  try {
    if (order.do === 'advance') opened.advance(order.ms)
    if (order.do === 'run_due') await opened.commerce.jobs.runDue()
    if (order.do === 'close') {
      await server.close()
      opened.processor.close()
      opened.platform.close()
    }
    answer({ order: order.id, failure: null })
    if (order.do === 'close') process.disconnect()
  } catch (error) {
    answer({ order: order.id, failure: error instanceof Error ? (error.stack ?? error.message) : String(error) })
  }
})
answer({ order: 'start', failure: null, url: server.url })
