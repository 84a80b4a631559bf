/** So many entries may come before one is taken out. */
const MOST_IDLE = 1000

/** A map whose oldest entry can be taken out, each time in the same short time. */
export class OldestFirst<Key, Value> {
  readonly #entries = new Map<Key, Value>()
  /** Stands before the oldest: an iterator that is new passes by the places of all that are gone, one that is let stand keeps them in memory. */
  #hand: MapIterator<[Key, Value]> | null = null
  #idle = 0

  get size(): number {
    return this.#entries.size
  }

  get(key: Key): Value | undefined {
    return this.#entries.get(key)
  }

  /** Adds one that is not there, as the youngest. */
  push(key: Key, value: Value): void {
    this.#idle += 1
    if (this.#idle > MOST_IDLE) this.#hand = null
    this.#entries.set(key, value)
  }

  /** Takes the oldest out. */
  shift(): [Key, Value] | undefined {
    this.#hand ??= this.#entries.entries()
    this.#idle = 0
    const { value } = this.#hand.next()
    if (value === undefined) this.#hand = null
    else this.#entries.delete(value[0])
    return value
  }

  /** @returns whether it was there */
  delete(key: Key): boolean {
    return this.#entries.delete(key)
  }

  removeIf(isGone: (value: Value) => boolean): void {
    for (const [key, value] of this.#entries) if (isGone(value)) this.#entries.delete(key)
  }

  clear(): void {
    this.#hand = null
    this.#entries.clear()
  }
}
