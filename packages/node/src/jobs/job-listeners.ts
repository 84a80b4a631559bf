/** Who wants to hear that there may be work. */
export interface JobListeners {
  /** Calls it at each {@link JobListeners.notify} until the function that is answered is called. */
  subscribe(listener: () => void): () => void
  /** Tells all. */
  notify(): void
}

/** Nobody yet. */
export function jobListeners(): JobListeners {
  const listeners = new Set<() => void>()
  return {
    subscribe(listener) {
      const own = () => listener()
      listeners.add(own)
      return () => void listeners.delete(own)
    },
    notify() {
      for (const listener of [...listeners]) {
        try {
          listener()
        } catch {
          // The port promises that a listener cannot harm a commit.
        }
      }
    },
  }
}
