import { createHash, randomUUID } from 'node:crypto'
import type { Client } from 'pg'
import { type JobListeners, jobListeners } from '../jobs/job-listeners.ts'
import { throttled } from '../jobs/throttled.ts'

/** Who wants to hear that there may be work, in whichever process it came up. */
export interface JobBell extends JobListeners {
  /** Ends its connection; nobody is told any more. */
  close(): Promise<void>
}

/** What a bell stands on. */
export interface JobBellOptions {
  readonly schema: string
  /** Opens a connection of its own: it hears as long as it is open. */
  readonly connect: () => Promise<Client>
}

/** Others are told, and this process is woken by others, once in so many milliseconds at most. */
const PAUSE_MS = 100
/** Between two tries to connect, in milliseconds. */
const RETRY_MS = 1000

/**
 * Tells the listeners of this process at once, and those of all others on the same schema by `NOTIFY`: after the commit and
 * on a connection of its own, since commits that notify wait for each other. It may be lost: whoever must not miss work
 * looks by itself as well.
 */
export function jobBell({ schema, connect }: JobBellOptions): JobBell {
  const here = jobListeners()
  const own = randomUUID()
  // The server cuts no name short that is a hash.
  const channel = `bursar_${createHash('sha256').update(schema).digest('hex').slice(0, 32)}`
  let opening: Promise<Client> | null = null
  let isListening = false
  let isClosed = false
  let retry: NodeJS.Timeout | null = null
  const wake = throttled(() => here.notify(), PAUSE_MS)
  const ring = throttled(() => {
    // A ring that is lost costs others the second until they look.
    connection()
      .then((client) => client.query(`notify ${channel}, '${own}'`))
      .catch(() => {})
  }, PAUSE_MS)

  function connection(): Promise<Client> {
    opening ??= open()
    return opening
  }

  async function open(): Promise<Client> {
    try {
      const client = await connect()
      client.on('end', lost)
      client.on('notification', ({ payload }) => payload !== own && wake.call())
      return client
    } catch (error) {
      lost()
      throw error
    }
  }

  async function listen(): Promise<void> {
    const client = await connection()
    try {
      await client.query(`listen ${channel}`)
    } catch (error) {
      await client.end() // and another is tried
      throw error
    }
  }

  function lost(): void {
    opening = null
    if (!isListening || isClosed) return
    retry ??= setTimeout(() => {
      retry = null
      // What was rung meanwhile was not heard.
      listen().then(wake.call, () => {})
    }, RETRY_MS).unref()
  }

  return {
    subscribe(listener) {
      if (!isListening) {
        isListening = true
        listen().catch(() => {})
      }
      return here.subscribe(listener)
    },
    notify(enqueued) {
      here.notify(enqueued)
      if (!isClosed) ring.call()
    },
    async close() {
      isClosed = true
      ring.cancel()
      wake.cancel()
      if (retry !== null) clearTimeout(retry)
      const client = await opening?.catch(() => null)
      await client?.end()
    },
  }
}
