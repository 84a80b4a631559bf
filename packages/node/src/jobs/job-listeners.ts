import type { Enqueued } from '@bursar/core/storage-adapter'

/** Who wants to hear that there may be work. */
export interface JobListeners {
  /** Calls it at each {@link JobListeners.notify} until the function that is answered is called. */
  subscribe(listener: (enqueued?: readonly Enqueued[]) => void): () => void
  /** Tells all what was enqueued, where it is known. */
  notify(enqueued?: readonly Enqueued[]): void
}

/** Nobody yet. */
export function jobListeners(): JobListeners {
  const listeners = new Set<(enqueued?: readonly Enqueued[]) => void>()
  return {
    subscribe(listener) {
      const own = (enqueued?: readonly Enqueued[]) => listener(enqueued)
      listeners.add(own)
      return () => void listeners.delete(own)
    },
    notify(enqueued) {
      for (const listener of [...listeners]) {
        try {
          listener(enqueued)
        } catch {
          // The port promises that a listener cannot harm a commit.
        }
      }
    },
  }
}
