import type { Instant } from '../../time/index.ts'

/** The modes of a course, lowest first: a higher one includes what a lower one gives. */
export const COURSE_MODES = ['audit', 'honor', 'verified', 'professional', 'credit'] as const

/** A mode of a course. */
export type CourseMode = (typeof COURSE_MODES)[number]

/** A mode that a course has. */
export interface PlatformMode {
  /** Which. */
  readonly mode: CourseMode
  /** What is sold at or after this instant is refused. @default null, no deadline */
  readonly deadline?: Instant | null | undefined
}

/** A course of the simulated platform. */
export interface PlatformCourse {
  /** Its id, such as `course-v1:Example+AB101+2026`. */
  readonly id: string
  /** The modes that it has. */
  readonly modes: readonly PlatformMode[]
  /** When it begins. @default null, unknown */
  readonly start?: Instant | null | undefined
  /** Before this instant nobody is enrolled. @default null, open */
  readonly enrolmentStart?: Instant | null | undefined
  /** What is sold at or after this instant is refused. @default null, open */
  readonly enrolmentEnd?: Instant | null | undefined
}

/** What a variant delivers at the platform. */
export interface PlatformTarget {
  /** Id of a course. */
  readonly course: string
  /** The mode that is sold. */
  readonly mode: CourseMode
}

/** A learner's state in a course. */
export interface EnrolmentState {
  readonly enrolled: boolean
  /** Null when not enrolled. */
  readonly mode: CourseMode | null
}

/** Where a mode stands among the modes; greater is higher. */
export function rankOf(mode: CourseMode | null): number {
  return mode === null ? -1 : COURSE_MODES.indexOf(mode)
}

/** The higher of the states. */
export function highest(states: readonly EnrolmentState[]): EnrolmentState {
  const none: EnrolmentState = { enrolled: false, mode: null }
  return states.reduce((best, state) => (rankOf(state.mode) > rankOf(best.mode) ? state : best), none)
}
