import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { DeliverGrant, DeliveryAnswer, Json } from '@bursar/core'
import { localPlatform } from '@bursar/node/local-platform'
import { testProcessor } from '@bursar/node/test-processor'
import { platformCourses } from '../shop.ts'

/** A call of a peer as it goes over the wire: its arguments, plain data. */
export interface PeerCall {
  readonly peer: 'processor' | 'platform'
  readonly method: string
  readonly input: readonly unknown[]
}

/** What a delivery answers that has found a state and changed nothing yet, because nobody keeps that state. */
export interface FoundBefore {
  readonly found: Json
}

/**
 * The processor and the learning platform of a soak, in a process of their own as real ones are: what they keep is then no
 * memory of the shop's.
 */
const processor = testProcessor({ file: ':memory:' })
const platform = localPlatform({ file: ':memory:', courses: platformCourses(1000) })
const secrets = { secret: async (name: string) => name.padEnd(32, '.') }

const server = createServer(async (request, response) => {
  const text = JSON.stringify(await answer(JSON.parse(await textOf(request))))
  response.writeHead(200, { 'content-type': 'application/json' })
  response.end(text)
})
server.listen(0, '127.0.0.1', () => {
  const { port } = server.address() as AddressInfo // it listens at a port
  process.send?.(`http://127.0.0.1:${port}`)
})
// The bench has ended.
process.on('disconnect', () => process.exit())

async function answer({ peer, method, input }: PeerCall): Promise<unknown> {
  if (peer === 'platform' && method === 'deliver')
    return deliver(input[0] as Omit<DeliverGrant, 'remember'>, input[1] === true)
  const [first, ...rest] = input
  const args = peer === 'processor' ? [{ ...(first as object), ...secrets }, ...rest] : input
  const of = (peer === 'processor' ? processor : platform) as unknown as Record<string, Method>
  return of[method]?.(...args)
}

/** By name, as it came; the other side of the wire is typed. */
type Method = (...args: readonly unknown[]) => Promise<unknown>

async function deliver(grant: Omit<DeliverGrant, 'remember'>, isKept: boolean): Promise<DeliveryAnswer | FoundBefore> {
  let found: Json | undefined
  const remember = async (before: Json) => {
    found = before
    if (!isKept) throw new Error('not kept yet')
  }
  try {
    return await platform.deliver({ ...grant, remember })
  } catch (error) {
    if (isKept || found === undefined) throw error
    return { found }
  }
}

async function textOf(request: IncomingMessage): Promise<string> {
  let text = ''
  for await (const chunk of request.setEncoding('utf8')) text += chunk
  return text
}
