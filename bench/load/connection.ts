import type { Socket } from 'node:net'

const HEAD_END = '\r\n\r\n'
const NOTHING: Buffer = Buffer.alloc(0)

/** What was answered. */
export interface Answered {
  /** HTTP status. */
  readonly status: number
  /** The body. */
  readonly text: string
}

/** One connection, one request at a time. It knows what servers here answer, which is text of a declared length, and refuses the rest. */
export class Connection {
  readonly #socket: Socket
  #waiting: PromiseWithResolvers<Answered> | null = null
  #came = NOTHING

  constructor(socket: Socket) {
    this.#socket = socket
    socket.on('data', (chunk: Buffer) => this.#take(chunk))
    socket.on('error', (error) => this.#waiting?.reject(error))
    socket.on('close', () => this.#waiting?.reject(new Error('The server ended the connection.')))
  }

  /** Sends a request; rejects when the connection breaks. */
  send(text: string): Promise<Answered> {
    this.#waiting = Promise.withResolvers()
    this.#socket.write(text)
    return this.#waiting.promise
  }

  /** Lets it go. */
  close(): void {
    this.#socket.destroy()
  }

  #take(chunk: Buffer): void {
    this.#came = this.#came.length === 0 ? chunk : Buffer.concat([this.#came, chunk])
    try {
      const answered = answerIn(this.#came)
      if (answered === null) return
      this.#came = NOTHING
      this.#waiting?.resolve(answered)
    } catch (error) {
      this.#socket.destroy(error as Error)
    }
  }
}

/** Null while it is not whole. @throws Error for an answer without a length */
function answerIn(bytes: Buffer): Answered | null {
  const end = bytes.indexOf(HEAD_END)
  if (end < 0) return null
  const head = bytes.toString('latin1', 0, end)
  const [, length] = /\r\ncontent-length: *(\d+)/i.exec(head) ?? []
  if (length === undefined) throw new Error(`An answer without a length:\n${head}`)
  const from = end + HEAD_END.length
  if (bytes.length < from + Number(length)) return null
  return { status: Number(head.slice(9, 12)), text: bytes.toString('utf8', from, from + Number(length)) }
}
