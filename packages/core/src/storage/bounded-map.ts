import { OldestFirst } from './oldest-first.ts'

interface Kept<Value> {
  value: Value
  /** How often it was found since its turn, counted to {@link MOST_FINDS}. */
  finds: number
  /** When it was set, by the clock of the lifetime. */
  since: number
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
  readonly #fresh = new OldestFirst<Key, Kept<Value>>()
  readonly #proven = new OldestFirst<Key, Kept<Value>>()
  /** Names of what went and was never found, as many as the map takes. */
  readonly #gone = new OldestFirst<Key, true>()
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
    return this.#find(key) !== undefined
  }

  /** Finds a value, and keeps it the longer. */
  get(key: Key): Value | undefined {
    const kept = this.#find(key)
    if (kept === undefined) return undefined
    if (kept.finds < MOST_FINDS) kept.finds += 1
    return kept.value
  }

  set(key: Key, value: Value): void {
    const since = this.#lifetime?.now() ?? 0
    if (this.#lifetime !== null) this.#sweep(since, since - this.#lifetime.ms)
    const kept = this.#find(key)
    if (kept !== undefined) {
      Object.assign(kept, { value, since })
      return
    }
    while (this.size >= this.#most) this.#passOldest()
    const isBack = this.#gone.delete(key)
    const entries = isBack ? this.#proven : this.#fresh
    entries.push(key, { value, finds: 0, since })
  }

  delete(key: Key): void {
    this.#fresh.delete(key)
    this.#proven.delete(key)
  }

  clear(): void {
    this.#fresh.clear()
    this.#proven.clear()
    this.#gone.clear()
  }

  #find(key: Key): Kept<Value> | undefined {
    return this.#proven.get(key) ?? this.#fresh.get(key)
  }

  /** Lets the oldest go, or spares it. */
  #passOldest(): void {
    const isFresh = this.#proven.size === 0 || this.#fresh.size > this.#most / 10
    const oldest = (isFresh ? this.#fresh : this.#proven).shift()
    if (oldest === undefined) return // never: one that is empty is not asked
    const [key, kept] = oldest
    if (kept.finds > 0) {
      kept.finds = isFresh ? 0 : kept.finds - 1
      this.#proven.push(key, kept)
    } else if (isFresh) {
      if (this.#gone.size >= this.#most) this.#gone.shift()
      this.#gone.push(key, true)
    }
  }

  /** Drops what is of no use since then or longer; once in a lifetime, for it looks at all. */
  #sweep(now: number, then: number): void {
    if (this.#swept > then) return
    this.#swept = now
    for (const entries of [this.#fresh, this.#proven]) entries.removeIf(({ since }) => since <= then)
  }
}
