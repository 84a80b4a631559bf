import { BursarError } from '@bursar/core'

/** Bytes of bodies that may be on their way together: beside what a process needs anyhow. */
const MOST = 64 * 1024 * 1024
/** A body of so many bytes takes no room, or a few that announce much would keep all others out: those are bounded by their number. */
export const SMALL = 16 * 1024

/** Where bodies are kept while they come. */
export interface BodyRoom {
  /** Takes room for one body. */
  enter(): BodyPlace
}

/** The room of one body. */
export interface BodyPlace {
  /** It takes so many bytes in all. @throws `unavailable` where there is no room for them */
  growTo(bytes: number): void
  /** It has come, or comes no more. */
  leave(): void
}

/** A room that all requests of a handler share. */
export function bodyRoom(): BodyRoom {
  let taken = 0
  return {
    enter() {
      let own = 0
      return {
        growTo(bytes) {
          if (bytes <= SMALL) return
          if (taken + bytes - own > MOST) throw tooMuch()
          taken += bytes - own
          own = bytes
        },
        leave() {
          taken -= own
          own = 0
        },
      }
    },
  }
}

function tooMuch(): BursarError {
  const message = 'The shop is sent more than it can keep: try again in a moment.'
  return new BursarError('unavailable', { message, reason: 'too_many_requests_at_once', retryAfter: 1 })
}
