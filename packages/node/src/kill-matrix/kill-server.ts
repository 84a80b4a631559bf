import { appendFileSync } from 'node:fs'
import { serve } from '../server/index.ts'
import { killFiles, killShop } from './kill-shop.ts'

/**
 * Serves the shop in the folder FOLDER, says its address to its parent, and ends itself without a word at the moment that
 * the step KILL_AT is reached for the time KILL_TIME. The last that it does is to write down where it dies.
 */
const folder = process.env.FOLDER ?? ''
let left = Number(process.env.KILL_TIME ?? '1')
let address = ''

const { commerce, processor } = await killShop(folder, {
  address: () => address,
  laterMs: Number(process.env.LATER_MS ?? '0'),
  failpoint: (step) => {
    if (step !== process.env.KILL_AT) return
    left -= 1
    if (left > 0) return
    appendFileSync(killFiles(folder).deaths, `${step}\n`)
    process.kill(process.pid, 'SIGKILL')
  },
})
const server = await serve({ commerce, port: 0, announce: () => {} })
address = server.url
processor.startCourier(20)
process.send?.(address)
