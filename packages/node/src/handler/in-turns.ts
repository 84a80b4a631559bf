import PQueue from 'p-queue'

/** Runs work of somebody after theirs that was there before. @throws what the work throws */
export type InTurns = <T>(who: string, work: () => Promise<T>) => Promise<T>

/** Lets so much of anybody's work be under way at once; what comes besides waits, in its order. */
export function inTurns(atOnce: number): InTurns {
  const queues = new Map<string, PQueue>()
  return async (who, work) => {
    const queue = queues.get(who) ?? new PQueue({ concurrency: atOnce })
    queues.set(who, queue)
    try {
      return await queue.add(work)
    } finally {
      if (queue.pending === 0 && queue.size === 0) queues.delete(who)
    }
  }
}
