import type { IdPrefix } from '../ids/index.ts'
import type { Instant } from '../time/index.ts'

/**
 * The only source of time and chance. Everything else takes it as an argument, so that a test with a clock of its own
 * can run a year in a second and repeat it exactly.
 */
export interface Runtime {
  /** The present instant, UTC to the millisecond. The clock of a machine may step back; order is kept by versions. */
  now(): Instant
  /**
   * Waits so many milliseconds, zero or more, at least; there is no upper limit.
   * Rejects at once with the signal's reason when the signal is, or becomes, aborted.
   */
  sleep(milliseconds: number, signal?: AbortSignal): Promise<void>
  /** So many bytes, 0 to any number, from a source fit for secrets; a new array each time. */
  randomBytes(count: number): Uint8Array
  /** A new id with this prefix that sorts after those of earlier milliseconds: `crt_01kq5w8v3ze2ftc9b0p4nxm6ha`. */
  newId(prefix: IdPrefix): string
}
