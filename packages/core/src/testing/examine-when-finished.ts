import { onTestFinished } from 'vitest'
import type { Storage } from '../ports/index.ts'
import type { Instant } from '../time/index.ts'
import { assertHealthy } from './assert-healthy.ts'

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
  onTestFinished(async () => {
    for (const operator of operators) await assertHealthy(storage, { operator }, runtime.now())
  })
}
