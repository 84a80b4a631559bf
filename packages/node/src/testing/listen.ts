import type { RequestListener, Server } from 'node:http'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

/** A server of a test, at a free port of this machine. */
export interface TestServer {
  readonly server: Server
  readonly url: string
  close(): Promise<void>
}

/** Listens at a free port. */
export async function listen(listener: RequestListener): Promise<TestServer> {
  const server = createServer(listener)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  // It listens at a port, so its address is no pipe's name.
  const { port } = server.address() as AddressInfo
  const close = async (): Promise<void> => {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  }
  return { server, url: `http://127.0.0.1:${port}`, close }
}
