import { thingsUnderWay } from '@bursar/core/storage-adapter'

/** Watches what must be answered within so many milliseconds, 0 for as long as it takes; gives what ends the watch. */
export type TimeLimits = (ms: number, expire: () => void) => () => void

/** It is looked for what is late as often as this, in milliseconds. */
const LOOK_MS = 100

/**
 * One timer for all that is under way, while there is any. A timer of its own for each query, as `pg` has it, took a fifth of
 * what a process can ask, and its closures outlived the cheap collections of young objects.
 *
 * What is late is told so up to {@link LOOK_MS} before its time, never after it: the server's own limit of as many milliseconds, after which others
 * of a trip would be asked once more, is to come second.
 */
export function timeLimits(): TimeLimits {
  const watched = thingsUnderWay<{ readonly until: number; readonly end: () => void }>()
  let timer: NodeJS.Timeout | null = null

  function look(): void {
    const all = watched.all()
    const now = performance.now()
    for (const { until, end } of all) if (now >= until) end()
    if (all.length > 0 || timer === null) return
    clearInterval(timer)
    timer = null
  }

  return (ms, expire) => {
    if (ms === 0) return () => {}
    timer ??= setInterval(look, LOOK_MS).unref()
    const end = () => {
      leave()
      expire()
    }
    const leave = watched.enter({ until: performance.now() + Math.max(ms - LOOK_MS, ms / 2), end })
    return leave
  }
}
