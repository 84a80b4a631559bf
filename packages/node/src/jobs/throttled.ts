/** Work that is done once in a while at most. */
export interface Throttled {
  /** Does it at once, or when the pause after the last time is over: once for all calls until then. */
  call(): void
  /** Forgets what was put off. */
  cancel(): void
}

/** Work with a pause after each time, in milliseconds; a pause does not keep the process from ending. */
export function throttled(work: () => void, pauseMs: number): Throttled {
  let pause: NodeJS.Timeout | null = null
  let isAskedAgain = false

  function call(): void {
    if (pause !== null) {
      isAskedAgain = true
      return
    }
    pause = setTimeout(() => {
      pause = null
      if (!isAskedAgain) return
      isAskedAgain = false
      call()
    }, pauseMs).unref()
    work()
  }

  return {
    call,
    cancel() {
      isAskedAgain = false
    },
  }
}
