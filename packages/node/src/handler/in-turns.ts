import PQueue from 'p-queue'

/** A place among what of somebody is under way. */
export interface Turn {
  /** May it begin? It may not where too many wait already, it has waited for too long, or who asked is gone. Never rejects. */
  readonly mayBegin: Promise<boolean>
  /** Leaves the place to the next, or the waiting. Repeatable. */
  end(): void
}

/** Queues somebody for one of their places. */
export type TurnOf = (who: string, options: TurnOptions) => Turn

/** How somebody waits. */
export interface TurnOptions {
  /** So many places are theirs, 1 or more. */
  readonly places: number
  /** Ends the waiting, and nothing that has begun. */
  readonly signal: AbortSignal
}

/** So many of somebody wait: more would come to their turn too late. */
export const MOST_WAITING = 50
/** Who has waited for so long, in milliseconds, is to come again. */
const WAITS_FOR = 10_000
/** A place is kept for so long, in milliseconds: longer than processors are waited for, so that a call that hangs keeps nobody else out. */
const KEPT_FOR = 30_000

/** Lets so much of anybody's work be under way at once; what comes besides waits, in its order. */
export function inTurns(): TurnOf {
  const lines = new Map<string, PQueue>()
  const lineOf = (who: string, places: number): PQueue => {
    const known = lines.get(who)
    if (known !== undefined) return known
    const line = new PQueue({ concurrency: places })
    line.on('idle', () => lines.delete(who))
    lines.set(who, line)
    return line
  }
  return (who, { places, signal }) => {
    const line = lineOf(who, places)
    if (line.size >= MOST_WAITING) return { mayBegin: Promise.resolve(false), end: () => {} }
    const ended = new AbortController()
    const end = () => ended.abort()
    if (signal.aborted) end()
    signal.addEventListener('abort', end)
    let late = setTimeout(end, WAITS_FOR).unref()
    const mayBegin = new Promise<boolean>((resolve) => {
      const place = () => {
        signal.removeEventListener('abort', end)
        clearTimeout(late)
        late = setTimeout(end, KEPT_FOR).unref()
        resolve(true)
        return new Promise<never>(() => {})
      }
      line.add(place, { signal: ended.signal }).catch(() => {
        signal.removeEventListener('abort', end)
        clearTimeout(late)
        resolve(false)
      })
    })
    return { mayBegin, end }
  }
}
