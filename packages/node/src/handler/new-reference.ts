import { errorReference, systemRuntime } from '@bursar/core'

const runtime = systemRuntime()

/** Eight characters by which a caller, support and the log speak of the same failure. */
export function newReference(): string {
  return errorReference(runtime)
}
