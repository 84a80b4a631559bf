import type { Load } from './http-load.ts'
import { asker } from './load/asker.ts'
import { throughput } from './throughput.ts'

process.once('message', async (message) => {
  const { name, url, requests, atOnce, seconds } = message as Load & { name: string } // sent by httpLoad
  const { ask } = asker({ url, headers: {} })
  let sent = 0
  const figures = await throughput(name, { atOnce, seconds }, async (n) => {
    const next = requests[n % requests.length]
    if (next === undefined) throw new Error('There is nothing to send.')
    sent += 1
    await ask(next.method, next.path, next.body, next.headers)
  })
  process.send?.({ ...figures, sent }, () => process.exit(0))
})
