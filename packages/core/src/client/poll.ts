import type { PagePort } from '../ports/index.ts'

/** What is asked again and again. */
export interface PollOptions {
  /** Waits, and says whether and when somebody looks. */
  page: Pick<PagePort, 'sleep' | 'onReturn' | 'isHidden'>
  /** The wait before the first question, milliseconds. @default 1,000 */
  startMs?: number | undefined
  /** Asks. Was there news (then there may soon be more: the waits begin anew)? Never rejects. */
  ask(): Promise<boolean | undefined>
}

/** Asks until it is stopped: with growing waits, never in a hidden tab, and at once on return. Answers how to stop. */
export function poll({ page, startMs, ask }: PollOptions): () => void {
  // The first wait between questions, milliseconds; each one is half as long again, up to the longest.
  const firstWait = 1000
  const longestWait = 30_000
  let isStopped: boolean | undefined
  let nap = new AbortController()
  const endListening = page.onReturn(() => nap.abort())
  const stop = () => {
    isStopped = true
    nap.abort()
    endListening()
  }
  const run = async () => {
    for (let wait = startMs ?? firstWait; !isStopped; wait = Math.min(wait * 1.5 || firstWait, longestWait)) {
      await page.sleep(wait, nap.signal).catch(() => {
        wait = 0
      })
      nap = new AbortController()
      if (isStopped || page.isHidden()) continue
      if (await ask()) wait = 0
    }
  }
  run()
  return stop
}
