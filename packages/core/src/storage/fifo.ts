/** What stands in a {@link Fifo}, in one at a time: between its neighbours. */
export interface Linked<Item> {
  older: Item | null
  younger: Item | null
}

/** First in, first out, and out of the middle too: each in the same short time, and without a search. */
export class Fifo<Item extends Linked<Item>> {
  #oldest: Item | null = null
  #youngest: Item | null = null
  #size = 0

  get size(): number {
    return this.#size
  }

  /** Adds one that stands nowhere, as the youngest. */
  push(item: Item): void {
    item.older = this.#youngest
    if (this.#youngest === null) this.#oldest = item
    else this.#youngest.younger = item
    this.#youngest = item
    this.#size += 1
  }

  /** Takes the oldest out. */
  shift(): Item | null {
    const oldest = this.#oldest
    if (oldest !== null) this.remove(oldest)
    return oldest
  }

  /** Takes one out that stands here. */
  remove(item: Item): void {
    const { older, younger } = item
    if (older === null) this.#oldest = younger
    else older.younger = younger
    if (younger === null) this.#youngest = older
    else younger.older = older
    // What is out holds nobody: or V8 takes the young that an old one names for alive.
    item.older = null
    item.younger = null
    this.#size -= 1
  }

  clear(): void {
    this.#oldest = null
    this.#youngest = null
    this.#size = 0
  }
}
