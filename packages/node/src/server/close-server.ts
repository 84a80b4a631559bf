import type { Server } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { LONGEST_WAIT_MS } from '../option-checks.ts'

/** Ends a server: at once for connections that wait, after their answer for others, after a time for the rest, whose requests are aborted then. */
export async function closeServer(server: Server, graceMs: number): Promise<void> {
  const closed = new Promise<void>((resolve, reject) => {
    server.close((error) => (error === undefined ? resolve() : reject(error)))
  })
  // A connection that has just had its answer waits for the next request, and nobody closes it.
  const idle = setInterval(() => server.closeIdleConnections(), 50)
  const late = setTimeout(() => server.closeAllConnections(), Math.min(graceMs, LONGEST_WAIT_MS))
  try {
    await closed
    // Requests whose connections were cut hear of it at the end of this turn of the loop.
    await sleep(1)
  } finally {
    clearInterval(idle)
    clearTimeout(late)
  }
}
