/** Walks of a small map are not begun anew for each entry. */
const FEW = 16

/**
 * A map that takes no more than so many entries: when another comes, the one that was set longest ago goes. For what a
 * process keeps for speed alone, so that neither years nor a visitor who invents names fill its memory.
 */
export class BoundedMap<Key, Value> extends Map<Key, Value> {
  readonly #most: number
  readonly #isOver: (value: Value) => boolean
  #walk: Iterator<Key> = this.keys()
  #sets = 0
  #front: { readonly key: Key } | null = null

  /**
   * @param most entries, 1 or more.
   * @param isOver whether a value has expired: for each entry that is set, up to two of the oldest go that have. So
   * those that nobody asks for again go too, and no call takes long. @default none ever has
   */
  constructor(most: number, isOver: (value: Value) => boolean = () => false) {
    super()
    this.#most = most
    this.#isOver = isOver
  }

  /** Sets an entry; it is the newest then, also if it was there. */
  override set(key: Key, value: Value): this {
    this.#sets += 1
    if (this.#sets > this.size + FEW) this.#startAnew()
    if (this.#front?.key === key) this.#front = null
    this.delete(key)
    this.#dropExpired()
    super.set(key, value)
    const oldest = this.size > this.#most ? this.#oldest() : null
    if (oldest !== null) this.delete(oldest.key)
    return this
  }

  /** An entry that is the newest from now on: what is asked for stays longest. */
  use(key: Key): Value | undefined {
    const value = this.get(key)
    if (value !== undefined) this.set(key, value)
    return value
  }

  #dropExpired(): void {
    for (let tries = 0; tries < 2; tries += 1) {
      const oldest = this.#oldest()
      if (oldest === null || !this.#isOver(this.get(oldest.key) as Value)) return // it is there
      this.delete(oldest.key)
    }
  }

  /** A walk that stands still keeps all that the map has been since: after as many entries as there are, another begins. */
  #startAnew(): void {
    this.#walk = this.keys()
    this.#front = null
    this.#sets = 0
  }

  /** One walk goes on from call to call: a new one would pass the empty places of all that went before it. */
  #oldest(): { readonly key: Key } | null {
    if (this.#front !== null && this.has(this.#front.key)) return this.#front
    let next = this.#walk.next()
    if (next.done === true) {
      this.#startAnew()
      next = this.#walk.next()
    }
    this.#front = next.done === true ? null : { key: next.value }
    return this.#front
  }
}
