/** A part of the Web Storage API. */
export interface TextStorage {
  /** What was kept under the key, or null. */
  getItem(key: string): string | null
  /** Replaces what was kept. */
  setItem(key: string, value: string): void
  /** Forgets it. */
  removeItem(key: string): void
}

/** What a tab tells the others: versions and events, never the cart. */
export interface TabMessage {
  /** What happened. */
  readonly type: 'version' | 'signed_in' | 'signed_out' | 'placed'
  /** Cart id, where there is a cart. */
  readonly cart?: string | undefined
  /** The cart's version there. */
  readonly version?: number | undefined
}

/** A channel to the other tabs, a part of the BroadcastChannel API. */
export interface TabChannel {
  /** Tells the other tabs, not this one. */
  postMessage(message: TabMessage): void
  /** Hears no more. */
  close(): void
}

/** All that a cart store needs of the page around it: chance, waits, storage, events. A storage that throws is as none. */
export interface PagePort {
  /** Keeps which cart is the shopper's and, for a guest's, its token; shared by the tabs (`localStorage`). */
  readonly shared: TextStorage
  /** Keeps the commands that wait, of this tab alone (`sessionStorage`). Nothing that names a person is put in it. */
  readonly own: TextStorage
  /** So many bytes from a source fit for secrets. */
  randomBytes(count: number): Uint8Array
  /** Waits so many milliseconds, at most 24 days; rejects when the signal is aborted. */
  sleep(milliseconds: number, signal: AbortSignal): Promise<void>
  /** Does nobody look at it now? */
  isHidden(): boolean
  /** Calls back when the network came back or the page became visible. Answers how to end it. */
  onReturn(callback: () => void): () => void
  /** Opens the channel of this name to the other tabs; null where the platform has none. */
  openChannel(name: string, receive: (message: TabMessage) => void): TabChannel | null
}
