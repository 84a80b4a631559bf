/**
 * Lets the use cases of one cart or order in this process run one after the other, so that they do not race themselves.
 * Other processes are met by versions; this only saves lost races.
 */
export class KeyedQueue {
  readonly #tails = new Map<string, Tail>()

  /**
   * Runs a task after those that came before it with the same key, and tells it whether there were any; its error is its
   * caller's alone.
   */
  run<T>(key: string, task: (hasWaited: boolean) => Promise<T>): Promise<T> {
    const before = this.#tails.get(key)?.last ?? null
    const later = () => task(true)
    const result = before === null ? task(false) : before.then(later, later)
    const tail: Tail = { last: result }
    this.#tails.set(key, tail)
    const forget = () => {
      tail.last = null
      if (this.#tails.get(key) === tail) this.#tails.delete(key)
    }
    result.then(forget, forget)
    return result
  }
}

/**
 * What came last with a key, while it is under way. V8 may keep what was deleted from a map until it collects old objects, and a promise
 * keeps its answer.
 */
interface Tail {
  last: Promise<unknown> | null
}
