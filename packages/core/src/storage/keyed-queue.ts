/**
 * Lets the use cases of one cart or order in this process run one after the other, so that they do not race themselves.
 * Other processes are met by versions; this only saves lost races.
 */
export class KeyedQueue {
  readonly #tails = new Map<string, Promise<unknown>>()

  /**
   * Runs a task after those that came before it with the same key, and tells it whether there were any; its error is its
   * caller's alone.
   */
  run<T>(key: string, task: (hasWaited: boolean) => Promise<T>): Promise<T> {
    const before = this.#tails.get(key)
    const later = () => task(true)
    const result = before === undefined ? task(false) : before.then(later, later)
    this.#tails.set(key, result)
    const forget = () => {
      if (this.#tails.get(key) === result) this.#tails.delete(key)
    }
    result.then(forget, forget)
    return result
  }
}
