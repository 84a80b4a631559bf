/** Something that is read when it is first asked for, once for all who ask before it is there, and kept until it is dropped. */
export class ReadOnce<Value extends object> {
  #known: Value | null = null
  /** It is being read, and was not dropped since. */
  #reading: Promise<Value> | null = null
  readonly #read: () => Promise<Value>

  constructor(read: () => Promise<Value>) {
    this.#read = read
  }

  /** What is kept; null where nothing is. */
  get known(): Value | null {
    return this.#known
  }

  /** What was read after it was dropped last. A read that fails is told to all who waited for it, and not kept. */
  async get(): Promise<Value> {
    if (this.#known !== null) return this.#known
    if (this.#reading !== null) return this.#reading
    const reading = this.#read()
    this.#reading = reading
    try {
      const value = await reading
      if (this.#reading === reading) this.#known = value
      return value
    } finally {
      if (this.#reading === reading) this.#reading = null
    }
  }

  /** It has changed: what is kept is forgotten, and what is being read goes to those alone who wait for it now. */
  drop(): void {
    this.#known = null
    this.#reading = null
  }
}
