import type { PagePort, TabMessage, TextStorage } from '../../ports/index.ts'
import type { TestRuntime } from '../test-runtime.ts'

/** One tab of a {@link VirtualBrowser}. */
export interface VirtualTab {
  /** What a cart store in it is given. */
  readonly page: PagePort
  /** Has its page been left? Then nothing of it runs any more. */
  isClosed(): boolean
  /** Nobody looks at the tab, until it comes back. */
  hide(): void
  /** The network came back, or the tab was looked at again. */
  comeBack(): void
  /** Leaves the page; the tab shows a new one, with the same storage. */
  reload(): VirtualTab
}

/** A browser without a window: tabs that share storage and messages, on a clock that a test moves. */
export interface VirtualBrowser {
  /** Opens a tab. */
  tab(): VirtualTab
  /** All that tabs have told each other. */
  readonly messages: readonly TabMessage[]
  /** Every text that any storage ever held. */
  readonly written: readonly string[]
}

/** What the browser lacks. */
export interface VirtualBrowserOptions {
  /** Has it BroadcastChannel? @default true */
  readonly hasChannels?: boolean | undefined
}

/** Makes one. */
export function virtualBrowser(runtime: TestRuntime, options: VirtualBrowserOptions = {}): VirtualBrowser {
  const messages: TabMessage[] = []
  const written: string[] = []
  const hearers = new Set<{ name: string; hear(message: TabMessage): void }>()
  const shared = textStorage(written)

  const openPage = (own: TextStorage): VirtualTab => {
    let isClosed = false
    let isHidden = false
    const callbacks = new Set<() => void>()
    const ofOpenPage = (storage: TextStorage): TextStorage => ({
      getItem: (key) => storage.getItem(key),
      setItem: (key, value) => isClosed || storage.setItem(key, value),
      removeItem: (key) => isClosed || storage.removeItem(key),
    })
    const page: PagePort = {
      shared: ofOpenPage(shared),
      own: ofOpenPage(own),
      randomBytes: runtime.randomBytes,
      sleep: async (milliseconds, signal) => {
        await runtime.sleep(milliseconds, signal)
        if (isClosed) await never
      },
      isHidden: () => isHidden,
      onReturn(callback) {
        callbacks.add(callback)
        return () => callbacks.delete(callback)
      },
      openChannel(name, receive) {
        if (options.hasChannels === false) return null
        const hearer = { name, hear: (message: TabMessage) => void (isClosed || receive(message)) }
        hearers.add(hearer)
        return {
          postMessage(message) {
            if (isClosed) return
            messages.push(message)
            const copy = structuredClone(message)
            for (const other of hearers) {
              if (other !== hearer && other.name === name) void runtime.sleep(1).then(() => other.hear(copy))
            }
          },
          close: () => hearers.delete(hearer),
        }
      },
    }
    return {
      page,
      isClosed: () => isClosed,
      hide: () => {
        isHidden = true
      },
      comeBack: () => {
        isHidden = false
        for (const callback of callbacks) callback()
      },
      reload: () => {
        isClosed = true
        return openPage(own)
      },
    }
  }
  return { tab: () => openPage(textStorage(written)), messages, written }
}

const never = new Promise<never>(() => {})

function textStorage(written: string[]): TextStorage {
  const values = new Map<string, string>()
  return {
    getItem: (key) => values.get(key) ?? null,
    setItem: (key, value) => {
      written.push(value)
      values.set(key, value)
    },
    removeItem: (key) => void values.delete(key),
  }
}
