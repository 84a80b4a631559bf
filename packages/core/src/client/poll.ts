import type { PagePort } from '../ports/index.ts'

/** What is asked again and again, and how often. */
export interface PollOptions {
  /** Waits, and says whether and when somebody looks. */
  page: Pick<PagePort, 'sleep' | 'onReturn' | 'isHidden'>
  /** The first wait, milliseconds; each one is half as long again. */
  firstMs: number
  /** The longest wait, milliseconds. */
  longestMs: number
  /** Asks. Answers `again`, `changed` (so it may soon change once more: the waits begin anew), or `ended`. Never rejects. */
  ask(): Promise<'again' | 'changed' | 'ended'>
}

/** Asks until it has ended: with growing waits, never in a hidden tab, and at once on return. Answers how to stop. */
export function poll({ page, firstMs, longestMs, ask }: PollOptions): () => void {
  const stopped = new AbortController()
  let wake = new AbortController()
  const endListening = page.onReturn(() => wake.abort())
  const stop = () => {
    stopped.abort()
    wake.abort()
    endListening()
  }
  const run = async () => {
    let wait = firstMs
    while (!stopped.signal.aborted) {
      await page.sleep(wait, wake.signal).catch(() => {
        wait = firstMs
      })
      while (page.isHidden() && !stopped.signal.aborted) {
        if (wake.signal.aborted) wake = new AbortController()
        await untilWoken(wake.signal)
      }
      if (stopped.signal.aborted) return
      if (wake.signal.aborted) wake = new AbortController()
      const answer = await ask()
      if (answer === 'ended') return stop()
      wait = answer === 'changed' ? firstMs : Math.min(wait * 1.5, longestMs)
    }
  }
  void run()
  return stop
}

const untilWoken = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }))
