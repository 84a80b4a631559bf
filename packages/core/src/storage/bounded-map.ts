import { Fifo, type Linked } from './fifo.ts'

interface Kept<Key, Value> extends Linked<Kept<Key, Value>> {
  readonly key: Key
  /** Undefined for one that went: its name alone is kept. */
  value: Value | undefined
  /** How often it was found since its turn, counted to {@link MOST_FINDS}. */
  finds: number
  /** When it was set, by the clock of the lifetime. */
  since: number
  /** Where it stands. */
  queue: Fifo<Kept<Key, Value>> | null
}

/** More does not make an entry stay longer. */
const MOST_FINDS = 3

/**
 * A map that takes no more than so many entries, of which those go that are of least use. For what a process keeps for speed
 * alone, so that neither years nor a visitor who invents names fill its memory.
 *
 * What nobody asks for again goes first: a new entry has the time in which a tenth of the map is added, and only if it is
 * found in it, or comes back soon after it went, it is among those that stay; there each find spares it one turn. So who
 * walks through a whole catalog once does not drive out what many ask for, and to find an entry moves nothing. It is
 * S3-FIFO (Yang et al., "FIFO queues are all you need for cache eviction", SOSP 2023).
 */
export class BoundedMap<Key, Value extends NonNullable<unknown> | null> {
  readonly #most: number
  readonly #lifetime: { readonly ms: number; readonly now: () => number } | null
  /** All that stand in one of the queues: whether one is there is one search. */
  readonly #entries = new Map<Key, Kept<Key, Value>>()
  readonly #fresh = new Fifo<Kept<Key, Value>>()
  readonly #proven = new Fifo<Kept<Key, Value>>()
  /** Names of what went and was never found, as many as the map takes. */
  readonly #gone = new Fifo<Kept<Key, Value>>()
  #swept = 0

  /**
   * @param most entries, 2 or more. What was added last is there for as long as it is of use.
   * @param lifetime for how many milliseconds of a clock values are of use: they go after twice that too, as others are
   * set. @default for ever
   */
  constructor(most: number, lifetime: { readonly ms: number; readonly now: () => number } | null = null) {
    this.#most = most
    this.#lifetime = lifetime
    this.#swept = lifetime?.now() ?? 0
  }

  /** How many entries take memory. */
  get size(): number {
    return this.#fresh.size + this.#proven.size
  }

  /** Is there one? To ask so does not keep it. */
  has(key: Key): boolean {
    return this.#entries.get(key)?.value !== undefined
  }

  /** Finds a value, and keeps it the longer. */
  get(key: Key): Value | undefined {
    const kept = this.#entries.get(key)
    if (kept?.value === undefined) return undefined
    if (kept.finds < MOST_FINDS) kept.finds += 1
    return kept.value
  }

  set(key: Key, value: Value): void {
    const since = this.#lifetime?.now() ?? 0
    if (this.#lifetime !== null) this.#sweep(since, since - this.#lifetime.ms)
    const known = this.#entries.get(key)
    if (known?.value !== undefined) {
      known.value = value
      known.since = since
      return
    }
    while (this.size >= this.#most) this.#passOldest()
    const isBack = known?.queue === this.#gone
    if (isBack) this.#drop(known)
    const kept = { key, value, finds: 0, since, queue: null, older: null, younger: null }
    this.#entries.set(key, kept)
    this.#move(kept, isBack ? this.#proven : this.#fresh)
  }

  delete(key: Key): void {
    const kept = this.#entries.get(key)
    if (kept?.value !== undefined) this.#drop(kept)
  }

  clear(): void {
    this.#entries.clear()
    for (const queue of [this.#fresh, this.#proven, this.#gone]) queue.clear()
  }

  #move(kept: Kept<Key, Value>, queue: Fifo<Kept<Key, Value>>): void {
    kept.queue = queue
    queue.push(kept)
  }

  #drop(kept: Kept<Key, Value>): void {
    this.#entries.delete(kept.key)
    kept.queue?.remove(kept)
    kept.queue = null
  }

  /** Lets the oldest go, or spares it. */
  #passOldest(): void {
    const isFresh = this.#proven.size === 0 || this.#fresh.size > this.#most / 10
    const oldest = (isFresh ? this.#fresh : this.#proven).shift()
    if (oldest === null) return // never: one that is empty is not asked
    if (oldest.finds > 0) {
      oldest.finds = isFresh ? 0 : oldest.finds - 1
      this.#move(oldest, this.#proven)
    } else if (isFresh) {
      this.#forgetOldestGone()
      oldest.value = undefined
      this.#move(oldest, this.#gone)
    } else {
      oldest.queue = null
      this.#entries.delete(oldest.key)
    }
  }

  #forgetOldestGone(): void {
    const oldest = this.#gone.size >= this.#most ? this.#gone.shift() : null
    if (oldest === null) return
    oldest.queue = null
    this.#entries.delete(oldest.key)
  }

  /** Drops what is of no use since then or longer; once in a lifetime, for it looks at all. */
  #sweep(now: number, then: number): void {
    if (this.#swept > then) return
    this.#swept = now
    for (const kept of this.#entries.values()) if (kept.value !== undefined && kept.since <= then) this.#drop(kept)
  }
}
