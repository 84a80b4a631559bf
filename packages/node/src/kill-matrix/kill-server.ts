import { appendFileSync } from 'node:fs'
import { flushCompileCache } from 'node:module'
import { serve } from '../server/index.ts'
import { killFiles, killShop, placeOfEnvironment } from './kill-shop.ts'

/**
 * Serves the shop in the folder FOLDER (and the database DATABASE), says its address to its parent, and ends itself without a word at the moment that
 * the step KILL_AT is reached for the time KILL_TIME. The last that it does is to write down where it dies. At SIGTERM it
 * ends in good order.
 */
const place = placeOfEnvironment(process.env)
let left = Number(process.env.KILL_TIME ?? '1')
let address = ''

// For those that come after it: this one will not end in good order.
flushCompileCache()

const { commerce, processor, platform } = await killShop(place, {
  address: () => address,
  laterMs: Number(process.env.LATER_MS ?? '0'),
  failpoint: (step) => {
    if (step !== process.env.KILL_AT) return
    left -= 1
    if (left > 0) return
    appendFileSync(killFiles(place.folder).deaths, `${step}\n`)
    process.kill(process.pid, 'SIGKILL')
  },
})
const server = await serve({ commerce, port: 0, announce: () => {} })
address = server.url
processor.startCourier(20)
process.send?.(address)
await server.closed
await processor.stopCourier()
processor.close()
platform.close()
process.disconnect?.()
