import { newId } from '../ids/index.ts'
import { type Instant, toInstant } from '../time/index.ts'
import type { PagePort } from './page-port.ts'
import type { Runtime } from './runtime.ts'

/** Timers count in 32 bits with a sign: a longer one would fire at once. */
const LONGEST_TIMER = 2_147_483_647

/** Random bytes that are kept for the next who ask. */
const DRAWN_AHEAD = 1024

/**
 * The platform's own clock, timers and secure chance; the only file of the core that touches them. Web standards
 * alone, so that it runs in servers, browsers and workers.
 */
export function systemRuntime(): Runtime {
  const now = clock()
  const randomBytes = chance()
  return { now, sleep, randomBytes, newId: (prefix) => newId(prefix, { now, randomBytes }) }
}

/** The time as an instant, of which a text is made once in each millisecond. */
function clock(): () => Instant {
  let last = Number.NaN
  let text: Instant = ''
  return () => {
    const milliseconds = Date.now()
    if (milliseconds !== last) text = toInstant(milliseconds)
    last = milliseconds
    return text
  }
}

/** The platform's own `fetch`, looked up at each call so that a polyfill may come later. */
export const systemFetch = (address: string, init: RequestInit): Promise<Response> => fetch(address, init)

/**
 * The page that a script runs in. Nothing is touched before it is used, so that a server can make one; where there is no
 * document there are no events of it. Channels between tabs are in every browser since 2022, and forbidden in some pages.
 */
export function systemPage(): PagePort {
  return {
    get shared() {
      return localStorage
    },
    get own() {
      return sessionStorage
    },
    randomBytes: (count) => crypto.getRandomValues(new Uint8Array(count)),
    sleep: (milliseconds, signal) =>
      new Promise((resolve, reject) => {
        setTimeout(resolve, milliseconds)
        // Each wait takes the place of the one before, so that none is left at the signal.
        signal.onabort = reject
        if (signal.aborted) reject()
      }),
    isHidden,
    onReturn(callback) {
      const listening = new AbortController()
      browser.addEventListener?.('online', callback, listening)
      browser.document?.addEventListener('visibilitychange', () => isHidden() || callback(), listening)
      return () => listening.abort()
    },
    openChannel(name, receive) {
      try {
        const channel = new BroadcastChannel(name)
        channel.onmessage = ({ data }) => receive(data)
        return channel
      } catch {
        return null
      }
    },
  }
}

interface EventSource {
  addEventListener(type: string, listener: () => void, options: { signal: AbortSignal }): void
}

/** What a page has and a server lacks: named here, because programs without the types of browsers read this file too. */
const browser = globalThis as unknown as Partial<EventSource> & {
  readonly document?: EventSource & { readonly hidden: boolean }
}

const isHidden = (): boolean => !!browser.document?.hidden

async function sleep(milliseconds: number, signal?: AbortSignal): Promise<void> {
  if (!(milliseconds >= 0)) throw new RangeError(`A sleep lasts 0 or more milliseconds, not ${milliseconds}.`)
  let left = milliseconds
  while (left > LONGEST_TIMER) {
    await sleepOnce(LONGEST_TIMER, signal)
    left -= LONGEST_TIMER
  }
  await sleepOnce(left, signal)
}

function sleepOnce(milliseconds: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    const end = () => {
      clearTimeout(timer)
      signal?.removeEventListener('abort', end)
      if (signal?.aborted) reject(signal.reason)
      else resolve()
    }
    const timer = setTimeout(end, milliseconds)
    signal?.addEventListener('abort', end)
    if (signal?.aborted) end()
  })
}

/**
 * Random bytes, drawn ahead: a call of the platform's costs ten times as much as the few bytes of an id. What was
 * given is wiped from the store.
 */
function chance(): (count: number) => Uint8Array {
  const store = new Uint8Array(DRAWN_AHEAD)
  let given = DRAWN_AHEAD
  return (count) => {
    const bytes = new Uint8Array(count)
    for (let start = 0; start < count; ) {
      if (given === DRAWN_AHEAD) {
        crypto.getRandomValues(store)
        given = 0
      }
      const next = store.subarray(given, given + count - start)
      bytes.set(next, start)
      start += next.length
      given += next.length
      next.fill(0)
    }
    return bytes
  }
}
