import { useSyncExternalStore } from 'react'

/** What tells a page when to look again. */
interface Store<State> {
  getState(): State
  getInitialState(): State
  subscribe(listener: () => void): () => void
}

/** The state of a store, as it is now. */
export function useStore<State>({ subscribe, getState, getInitialState }: Store<State>): State {
  return useSyncExternalStore(subscribe, getState, getInitialState)
}
