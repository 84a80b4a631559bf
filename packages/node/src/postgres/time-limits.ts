import { thingsUnderWay } from '@bursar/core/storage-adapter'
/** Watches what must be answered within so many milliseconds; says that it was answered, once or more. */
export type TimeLimits = (ms: number, expire: () => void) => () => void

/** It is looked for what is late as often as this, in milliseconds: a limit may be passed by as much. */
const LOOK_MS = 100

/**
 * One timer for all that is under way, while there is any. A timer of its own for each query, as `pg` has it, took a fifth of
 * what a process can ask, and its closures outlived the cheap collections of young objects.
 */
export function timeLimits(): TimeLimits {
  const watched = thingsUnderWay<{ readonly until: number; readonly expire: () => void }>()
  let timer: NodeJS.Timeout | null = null

  function look(): void {
    const all = watched.all()
    const now = performance.now()
    for (const { until, expire } of all) if (now >= until) expire()
    if (all.length > 0 || timer === null) return
    clearInterval(timer)
    timer = null
  }

  return (ms, expire) => {
    timer ??= setInterval(look, LOOK_MS).unref()
    return watched.enter({ until: performance.now() + ms, expire })
  }
}
