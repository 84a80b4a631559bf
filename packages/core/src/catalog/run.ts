import type { Json } from '../json/index.ts'
import type { Instant } from '../time/index.ts'

/** A run of a course, among which a learner chooses after the purchase. A run that is left out of the list ends for those to come. */
export interface Run {
  /** Unique within the variant, 1 to 64 characters of `A–Z a–z 0–9 _ -`. Its seats are counted by it, so it is never given to another run. */
  id: string
  /** Name that learners see, such as `Spring 2028`. */
  title: string
  /** What is delivered, in the shape of the variant's provider. */
  target: Json
  /** From when it can be chosen. @default since ever */
  enrolmentStartsAt?: Instant | null | undefined
  /** Until when (exclusive) it can be chosen. @default no end */
  enrolmentEndsAt?: Instant | null | undefined
  /** When it begins. @default not known */
  serviceStart?: Instant | null | undefined
  /** When it ends. @default not known */
  serviceEnd?: Instant | null | undefined
  /** How many can choose it in all. Enforced by a counter. @default no limit */
  capacity?: number | null | undefined
}

/** The counter of a run's seats. */
export const runCounter = (variantId: string, runId: string): string => `run:${variantId}:${runId}`
