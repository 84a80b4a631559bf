/** So long may reads of one turn of the event loop go on, with what follows from them; in milliseconds. */
const LONGEST_TURN_MS = 20

/** Watches over the turns of the event loop, of which sockets and timers want theirs. */
export interface Turns {
  /**
   * To be asked before each read: null, or what it is to wait for. SQLite answers at once, so that a chain of reads, as of a
   * report over all orders, would otherwise be done before anybody else is answered. No read waits for more than one turn.
   */
  next(now: number): Promise<void> | null
}

/** Watches from now on. */
export function watchTurns(): Turns {
  let began: number | null = null
  const forget = () => {
    began = null
  }
  return {
    next(now) {
      if (began === null) {
        began = now
        setImmediate(forget)
        return null
      }
      return now - began < LONGEST_TURN_MS ? null : new Promise((resolve) => setImmediate(resolve))
    },
  }
}
