/**
 * A map that takes no more than so many entries: when another comes, the one that was set longest ago goes. For what a
 * process keeps for speed alone, so that neither years nor a visitor who invents names fill its memory.
 */
export class BoundedMap<Key, Value> extends Map<Key, Value> {
  readonly #most: number
  readonly #isOver: (value: Value) => boolean

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
    this.delete(key)
    this.#dropExpired()
    super.set(key, value)
    const oldest = this.keys().next()
    if (this.size > this.#most && !oldest.done) this.delete(oldest.value)
    return this
  }

  #dropExpired(): void {
    const oldest = this.entries()
    for (let tries = 0; tries < 2; tries += 1) {
      const { value: entry } = oldest.next()
      if (entry === undefined || !this.#isOver(entry[1])) return
      this.delete(entry[0])
    }
  }
}
