import { isSame } from './is-same.ts'
import { shielded } from './report.ts'

/** A state that pages look at. */
export interface Watched<State> {
  /** The state now: the same object until something changes. */
  getState(): State
  /** The state that it began with. */
  getInitialState(): State
  /** Calls back after each change. Answers how to end it. */
  subscribe(listener: () => void): () => void
  /** Goes to another state and tells, if it says something else. Does it? */
  enter(next: State): boolean
}

/** Makes one. @param start called with the first subscriber; its answer is called after the last one has gone */
export function watched<State>(first: State, start: () => () => void): Watched<State> {
  const listeners = new Set<() => void>()
  let state = first
  let stop: () => void
  return {
    getState: () => state,
    getInitialState: () => first,
    enter(next) {
      const isNews = !isSame(state, next)
      if (isNews) {
        state = next
        for (const listener of [...listeners]) listener()
      }
      return isNews
    },
    subscribe(listener) {
      // The same function may subscribe twice; and what it throws is no matter of the state's.
      const own = () => shielded(listener)
      if (listeners.add(own).size === 1) stop = start()
      return () => {
        if (listeners.delete(own) && !listeners.size) stop()
      }
    },
  }
}
