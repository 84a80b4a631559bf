import { availableParallelism } from 'node:os'
import process from 'node:process'

/** How a process was started. */
export interface Start {
  /** Options of Node itself. */
  readonly execArgv: readonly string[]
  /** The program and what it was told: the script and the arguments. */
  readonly args: readonly string[]
  readonly environment: Readonly<Record<string, string | undefined>>
}

/** Node's space for young objects has two halves of so many MiB at most; of itself Node takes 16, or more. */
const YOUNG_SPACE = '--max-semi-space-size=4'
/** Of itself V8 marks garbage on as many threads as this beside the program's, and knows no more. */
const MOST_MARKERS = 7
/**
 * Bounds of glibc's `malloc`, for V8's compilers, which take much and free it: two arenas, not one for each thread; and
 * pieces as large as a compiler's (32 KiB) are pages of the system's own, which it has back at once, where others stay in an arena.
 *
 * @see https://www.man7.org/linux/man-pages/man3/mallopt.3.html
 */
const MALLOC = { MALLOC_ARENA_MAX: '2', MALLOC_MMAP_THRESHOLD_: '32768' }

/**
 * Lets a server begin with bounds on its memory that are read once, before any program: this process is replaced by itself,
 * with its id, its outputs and its terminal. Where Node cannot (before 22.15, or on Windows), where another process holds a
 * channel to this one, or where somebody has set the space for young objects, nothing is done.
 *
 * @see https://nodejs.org/api/process.html#processexecvefile-args-env
 */
export function startBounded(): void {
  const start = { execArgv: process.execArgv, args: process.argv.slice(1), environment: process.env }
  const bounded = boundedStart(start, availableParallelism())
  const isAble = 'execve' in process && process.platform !== 'win32' && process.channel === undefined
  if (bounded === null || !isAble) return
  process.execve?.(process.execPath, [process.execPath, ...bounded.execArgv, ...bounded.args], bounded.environment)
}

/** The same start with bounds, or null where they are set. */
export function boundedStart({ execArgv, args, environment }: Start, processors: number): Start | null {
  const options = [...execArgv, environment.NODE_OPTIONS ?? '']
  if (options.some((option) => /--max[-_]semi[-_]space[-_]size/.test(option))) return null
  const bounded = [YOUNG_SPACE, markers(processors), ...execArgv]
  return { execArgv: bounded, args, environment: { ...MALLOC, ...environment } }
}

/**
 * No more than there are processors: on two, four threads that looked for garbage at once left nothing for tens of milliseconds
 * to the loop, nor to the thread that flushes SQLite's log. With one fewer they take so long that the heap grows meanwhile.
 */
const markers = (processors: number): string =>
  `--concurrent-marking-max-worker-num=${Math.min(MOST_MARKERS, processors)}`
