import { expectThat } from '../expectations.ts'
import type { TestRuntime } from '../test-runtime.ts'

/** Milliseconds that the clock moves at once. */
const STEP = 50
/** The same where a wait is long. */
const LONG_STEP = 500
/** About five minutes. */
const MOST_STEPS = 600

/** Moves the clock of tabs and network, and lets what it sets going run. */
export interface TabClock {
  /** Lets so many milliseconds go by. */
  run(milliseconds: number): Promise<void>
  /** Lets time go by until it is done; `what` says what is waited for. */
  until(isDone: () => boolean, what: string): Promise<void>
  /** Lets time go by until the promise has ended. */
  ended<T>(promise: Promise<T>): Promise<T>
}

/** Makes one of a test's clock. */
export function tabClock(runtime: TestRuntime): TabClock {
  const until: TabClock['until'] = async (isDone, what) => {
    for (let steps = 0; !isDone(); steps += 1) {
      expectThat(steps < MOST_STEPS, `${what} in time`)
      await turn()
      await runtime.advance(steps < 50 ? STEP : LONG_STEP)
    }
  }
  return {
    until,
    async run(milliseconds) {
      const step = milliseconds > 10 * LONG_STEP ? LONG_STEP : STEP
      for (let left = milliseconds; left > 0; left -= step) {
        await turn()
        await runtime.advance(Math.min(left, step))
      }
      await turn()
    },
    async ended(promise) {
      let isDone = false
      const end = () => {
        isDone = true
      }
      promise.then(end, end)
      await until(() => isDone, 'the command ends')
      return promise
    },
  }
}

/** Lets all promises run that need no clock. A timer would do too, but waits for a millisecond. */
const turn = (): Promise<void> =>
  new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel()
    port1.addEventListener('message', () => {
      port1.close()
      resolve()
    })
    port1.start()
    port2.postMessage(null)
  })
