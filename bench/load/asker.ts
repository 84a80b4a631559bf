import { connect } from 'node:net'
import { Connection } from './connection.ts'
import type { Ask } from './scenarios.ts'

/** Asks a server over connections that are kept. */
export interface Asker {
  readonly ask: Ask
  /** Lets the connections go. */
  close(): void
}

/** Where to ask, and what each request says. */
export interface Asked {
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
}

/** A client that takes as little as it can of the processors that the server is measured on: node:http's own takes three times as much. */
export function asker({ url, headers: common }: Asked): Asker {
  const { hostname, port, host } = new URL(url)
  const all = new Set<Connection>()
  let idle: Connection[] = []
  const open = (): Connection => {
    const socket = connect({ host: hostname, port: Number(port), noDelay: true })
    const made = new Connection(socket)
    all.add(made)
    socket.on('close', () => {
      all.delete(made)
      idle = idle.filter((one) => one !== made)
    })
    return made
  }
  const ask: Ask = async (method, path, body, own = {}) => {
    const connection = idle.pop() ?? open() // the last, so that what a rush has opened is let go after it
    const { status, text } = await connection.send(
      requestText({ method, path, host, body, headers: { ...common, ...own } }),
    )
    idle.push(connection)
    if (status >= 300) throw new Error(`${path}: ${status}`)
    return text
  }
  return {
    ask,
    close() {
      for (const connection of all) connection.close()
    },
  }
}

interface RequestParts {
  readonly method: string
  readonly path: string
  readonly host: string
  readonly body: unknown
  readonly headers: Readonly<Record<string, string>>
}

function requestText({ method, path, host, body, headers }: RequestParts): string {
  let head = `${method} ${path} HTTP/1.1\r\nhost: ${host}\r\n`
  for (const name in headers) head += `${name}: ${headers[name]}\r\n`
  if (body === undefined) return `${head}\r\n`
  const text = JSON.stringify(body)
  return `${head}content-type: application/json\r\ncontent-length: ${Buffer.byteLength(text)}\r\n\r\n${text}`
}
