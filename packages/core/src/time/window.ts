import type { Instant } from './instant.ts'

/** A stretch of time, half-open: `from` belongs to it, `until` no longer does. A bound left out is no bound. */
export interface Window {
  /** The first instant inside. */
  readonly from?: Instant | null | undefined
  /** The first instant outside again. */
  readonly until?: Instant | null | undefined
}

/** Whether an instant lies in the window: `from <= instant < until`. A window that ends where it starts is empty. */
export function isWithin(window: Window, instant: Instant): boolean {
  const hasBegun = window.from === undefined || window.from === null || window.from <= instant
  return hasBegun && (window.until === undefined || window.until === null || instant < window.until)
}
