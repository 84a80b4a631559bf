import { Agent, request } from 'node:http'
import type { Load, LoadRequest } from './http-load.ts'
import { throughput } from './throughput.ts'

process.once('message', async (message) => {
  const { name, url, requests, atOnce, seconds } = message as Load & { name: string } // sent by httpLoad
  const agent = new Agent({ keepAlive: true, maxSockets: atOnce })
  let sent = 0
  const figures = await throughput(name, { atOnce, seconds }, async (n) => {
    const next = requests[n % requests.length]
    if (next === undefined) throw new Error('There is nothing to send.')
    sent += 1
    await send(url, agent, next)
  })
  process.send?.({ ...figures, sent }, () => process.exit(0))
})

/** Sends a request on node:http, which costs the least of what Node has, and reads the whole answer. */
function send(url: string, agent: Agent, { method, path, headers, body }: LoadRequest): Promise<void> {
  return new Promise((resolve, reject) => {
    const options = { agent, method, headers: { ...headers, 'content-type': 'application/json' } }
    const outgoing = request(`${url}${path}`, options, (answer) => {
      if (answer.statusCode === undefined || answer.statusCode >= 300)
        reject(new Error(`${path}: ${answer.statusCode}`))
      answer.resume()
      answer.on('end', resolve)
    })
    outgoing.on('error', reject)
    outgoing.end(body === undefined ? undefined : JSON.stringify(body))
  })
}
