import type { ProgressStream } from '../import/index.ts'

/** What a command sees of the process that it runs in. */
export interface Terminal {
  /** Folder that it was called from. */
  readonly cwd: string
  /** The environment's variables. */
  readonly environment: Readonly<Record<string, string | undefined>>
  /** Where progress is drawn. */
  readonly progress: ProgressStream
  /** Writes to standard output. */
  write(text: string): void
  /** Writes to standard error. */
  complain(text: string): void
}
