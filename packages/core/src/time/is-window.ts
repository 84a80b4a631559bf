import type { Instant } from './instant.ts'

/** Does a window hold at least one instant? A bound that is null is no bound. Instants compare as text. */
export function isWindow(from: Instant | null, until: Instant | null): boolean {
  return from === null || until === null || from < until
}
