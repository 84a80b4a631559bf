import type { PagePort } from '../ports/index.ts'

/** What is asked again and again. */
export interface PollOptions {
  /** Waits, and says whether and when somebody looks. */
  page: Pick<PagePort, 'sleep' | 'onReturn' | 'isHidden'>
  /** The wait before the first question, milliseconds. @default 1,000 */
  startMs?: number
  /** Asks. Answers `again`, `changed` (so it may soon change once more: the waits begin anew), or `ended`. Never rejects. */
  ask(): Promise<'again' | 'changed' | 'ended'>
}

/** The first wait between questions, milliseconds; each one is half as long again, up to the longest. */
const FIRST_WAIT = 1000
const LONGEST_WAIT = 30_000

/** As long as a page can sleep, milliseconds: it is woken when somebody looks. */
const HIDDEN = 2_073_600_000

/** Asks until it has ended: with growing waits, never in a hidden tab, and at once on return. Answers how to stop. */
export function poll({ page, startMs = FIRST_WAIT, ask }: PollOptions): () => void {
  let isStopped = false
  let wake = new AbortController()
  const endListening = page.onReturn(() => wake.abort())
  const stop = () => {
    isStopped = true
    wake.abort()
    endListening()
  }
  const run = async () => {
    for (let wait = startMs; !isStopped; ) {
      await page.sleep(page.isHidden() ? HIDDEN : wait, wake.signal).catch(() => {
        wait = FIRST_WAIT
      })
      if (isStopped) return
      wake = new AbortController()
      if (page.isHidden()) continue
      const answer = await ask()
      if (answer === 'ended') stop()
      wait = answer === 'changed' ? FIRST_WAIT : Math.min(Math.max(wait * 1.5, FIRST_WAIT), LONGEST_WAIT)
    }
  }
  run()
  return stop
}
