import type { Change, Runtime } from '../ports/index.ts'
import { addMilliseconds } from '../time/index.ts'
import { enqueue, type QueueName } from './jobs.ts'

/** Between two rounds, in milliseconds: a day. */
const INTERVAL = 24 * 60 * 60 * 1000
/** Priority of what nobody waits for: after everything else. */
export const LAST = -(2 ** 31)

/** The next round of what an operator has done day by day; joins one that waits. */
export function nextRound(
  runtime: Pick<Runtime, 'newId' | 'now'>,
  queue: Extract<QueueName, `${string}.forget`>,
  operator: string,
): Change {
  return enqueue(runtime, queue, operator, {}, { runAt: addMilliseconds(runtime.now(), INTERVAL), priority: LAST })
}
