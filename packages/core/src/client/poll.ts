import type { PagePort } from '../ports/index.ts'

/** What is asked again and again. */
export interface PollOptions {
  /** Waits, and says whether and when somebody looks. */
  page: Pick<PagePort, 'sleep' | 'onReturn' | 'isHidden'>
  /** The wait before the first question, milliseconds. @default 1,000 */
  startMs?: number | undefined
  /** Asks. Answers `again`, `changed` (so it may soon change once more: the waits begin anew), or `ended`. Never rejects. */
  ask(): Promise<'again' | 'changed' | 'ended'>
}

/** The first wait between questions, milliseconds; each one is half as long again, up to the longest. */
const FIRST_WAIT = 1000
const LONGEST_WAIT = 30_000

/** Asks until it has ended: with growing waits, never in a hidden tab, and at once on return. Answers how to stop. */
export function poll({ page, startMs = FIRST_WAIT, ask }: PollOptions): () => void {
  let isStopped = false
  let nap = new AbortController()
  const endListening = page.onReturn(() => nap.abort())
  const stop = () => {
    isStopped = true
    nap.abort()
    endListening()
  }
  const run = async () => {
    for (let wait = startMs; !isStopped; wait = Math.min(Math.max(wait * 1.5, FIRST_WAIT), LONGEST_WAIT)) {
      await page.sleep(wait, nap.signal).catch(() => {
        wait = 0
      })
      nap = new AbortController()
      if (isStopped || page.isHidden()) continue
      const answer = await ask()
      if (answer === 'ended') stop()
      if (answer === 'changed') wait = 0
    }
  }
  run()
  return stop
}
