import type { Json } from '../../json/index.ts'
import type { Instant } from '../../time/index.ts'
import { rowKind } from '../simulation-log.ts'
import type { CourseMode, EnrolmentState, PlatformCourse } from './platform-course.ts'

/** A learner's enrolment in a course, as it is now. */
export interface Enrolment {
  /** The learner's id at the platform. */
  readonly learner: string
  /** Id of the course. */
  readonly course: string
  /** Null: not enrolled any more. */
  readonly mode: CourseMode | null
}

/** A change of an enrolment. */
export interface PlatformEffect {
  /** When. */
  readonly at: Instant
  /** What asked for it. */
  readonly call: 'deliver' | 'withdraw'
  /** The grant that it was asked for. */
  readonly grantId: string
  /** The learner's id at the platform. */
  readonly learner: string
  /** Id of the course. */
  readonly course: string
  /** Mode before; null: was not enrolled. */
  readonly from: CourseMode | null
  /** Mode afterwards; null: is not enrolled. */
  readonly to: CourseMode | null
}

/** A grant that the platform has seen. */
export interface StoredGrant {
  readonly target: Json
  readonly learner: string
  readonly before: EnrolmentState
  readonly state: 'pending' | 'delivered' | 'withdrawn'
  readonly at: Instant
}

export const COURSES = rowKind<PlatformCourse>('course')
export const ENROLMENTS = rowKind<Enrolment>('enrolment')
export const GRANTS = rowKind<StoredGrant>('grant')
export const PLATFORM_EFFECTS = rowKind<PlatformEffect>('platform-effect')
