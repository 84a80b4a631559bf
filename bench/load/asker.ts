import { type Agent, request } from 'node:http'
import type { Ask } from './scenarios.ts'

/** Asks a server over connections that are kept. */
export function asker({ url, headers: common }: { url: string; headers: Record<string, string> }, agent: Agent): Ask {
  return (method, path, body, own = {}) =>
    new Promise((resolve, reject) => {
      const text = body === undefined ? undefined : JSON.stringify(body)
      const sized =
        text === undefined ? {} : { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) }
      const outgoing = request(
        `${url}${path}`,
        { agent, method, headers: { ...common, ...own, ...sized } },
        (answer) => {
          let whole = ''
          answer.setEncoding('utf8')
          answer.on('data', (chunk) => {
            whole += chunk
          })
          answer.on('end', () => {
            if ((answer.statusCode ?? 500) >= 300) reject(new Error(`${path}: ${answer.statusCode}`))
            else resolve(JSON.parse(whole))
          })
        },
      )
      outgoing.on('error', reject)
      outgoing.end(text)
    })
}
