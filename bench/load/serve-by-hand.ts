import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'

/** Serves JSON by bare node:http, each request's body parsed: what no server that is asked the same can go below. */
export async function serveByHand(
  // What was parsed is of the bench's own client.
  answer: (request: IncomingMessage, body: Record<string, string>) => Promise<string>,
): Promise<string> {
  const server = createServer(async (request, response) => {
    const text = await answer(request, JSON.parse(await textOf(request)))
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) })
    response.end(text)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo // it listens at a port
  return `http://127.0.0.1:${port}`
}

async function textOf(request: IncomingMessage): Promise<string> {
  let text = ''
  for await (const chunk of request.setEncoding('utf8')) text += chunk
  return text
}
