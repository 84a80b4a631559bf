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
const YOUNG_SPACE = '--max-semi-space-size=8'
/** Arenas of glibc's `malloc`: with one for each thread, what its compilers have freed stays resident in each. */
const ARENAS = '2'

/**
 * Lets a server begin with bounds on its memory that are read once, before any program: this process is replaced by itself,
 * with its id, its outputs and its terminal. Where Node cannot (before 22.15, or on Windows), where another process holds a
 * channel to this one, or where somebody has set the space for young objects, nothing is done.
 *
 * @see https://nodejs.org/api/process.html#processexecvefile-args-env
 */
export function startBounded(): void {
  const start = { execArgv: process.execArgv, args: process.argv.slice(1), environment: process.env }
  const bounded = boundedStart(start)
  const isAble = 'execve' in process && process.platform !== 'win32' && process.channel === undefined
  if (bounded === null || !isAble) return
  process.execve?.(process.execPath, [process.execPath, ...bounded.execArgv, ...bounded.args], bounded.environment)
}

/** The same start with bounds, or null where they are set. */
export function boundedStart({ execArgv, args, environment }: Start): Start | null {
  const options = [...execArgv, environment.NODE_OPTIONS ?? '']
  if (options.some((option) => /--max[-_]semi[-_]space[-_]size/.test(option))) return null
  return { execArgv: [YOUNG_SPACE, ...execArgv], args, environment: { MALLOC_ARENA_MAX: ARENAS, ...environment } }
}
