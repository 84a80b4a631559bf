import type { Storage } from '../ports/index.ts'
import type { Instant } from '../time/index.ts'
import { assertHealthy } from './assert-healthy.ts'

/** Does something when the test that runs now has ended. */
type WhenFinished = (work: () => Promise<void>) => void

let whenFinished: WhenFinished = () => {}

/** Tells how a test runner is asked; our own is in `vitest.setup.ts`. Where nobody tells, nothing is examined. */
export function examineBy(runner: WhenFinished): void {
  whenFinished = runner
}

/**
 * Has the doctor examine a shop when the test that opened it has ended: what a test writes must leave the books sound,
 * whatever the test itself looks at. To be called in a test, not in a hook.
 *
 * @param operators whose books; read at the end of the test
 */
export function examineWhenFinished(
  { storage, runtime }: { storage: Storage; runtime: { now(): Instant } },
  operators: Iterable<string>,
): void {
  whenFinished(async () => {
    for (const operator of operators) await assertHealthy(storage, { operator }, runtime.now())
  })
}
