/**
 * A map that takes no more than so many entries, of which those go that were asked for longest ago. For what a process keeps
 * for speed alone, so that neither years nor a visitor who invents names fill its memory.
 *
 * It has two generations. What is set or found goes into the younger one, half as large as the map; when that is full, it
 * becomes the older one, and the older one goes as a whole. So an entry that is asked for again costs a look, and no order
 * of all entries is kept.
 */
export class BoundedMap<Key, Value extends NonNullable<unknown> | null> {
  readonly #half: number
  readonly #lifetime: { readonly ms: number; readonly now: () => number } | null
  #young = new Map<Key, Value>()
  #old = new Map<Key, Value>()
  #began = 0

  /**
   * @param most entries, 2 or more. The half of them that were set or found last are there for as long as they are of use.
   * @param lifetime for how many milliseconds of a clock values are of use: those that nobody asks for again go after
   * twice that too, as others are set. @default for ever
   */
  constructor(most: number, lifetime: { readonly ms: number; readonly now: () => number } | null = null) {
    this.#half = Math.floor(most / 2)
    this.#lifetime = lifetime
    this.#began = lifetime?.now() ?? 0
  }

  /** How many entries take memory. */
  get size(): number {
    return this.#young.size + this.#old.size
  }

  /** Is there one? To ask so does not keep it. */
  has(key: Key): boolean {
    return this.#young.has(key) || this.#old.has(key)
  }

  /** Finds a value and keeps it; another that was there may be gone then. */
  get(key: Key): Value | undefined {
    const young = this.#young.get(key)
    if (young !== undefined) return young
    const old = this.#old.get(key)
    if (old !== undefined) this.set(key, old)
    return old
  }

  set(key: Key, value: Value): void {
    this.#young.set(key, value)
    if (this.#young.size >= this.#half || this.#isAged()) this.#turn()
  }

  delete(key: Key): void {
    this.#young.delete(key)
    this.#old.delete(key)
  }

  clear(): void {
    this.#young.clear()
    this.#old.clear()
  }

  #isAged(): boolean {
    return this.#lifetime !== null && this.#lifetime.now() - this.#began >= this.#lifetime.ms
  }

  #turn(): void {
    this.#old = this.#young
    this.#young = new Map()
    this.#began = this.#lifetime?.now() ?? 0
  }
}
