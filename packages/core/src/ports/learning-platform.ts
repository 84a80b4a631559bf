import type { Json } from '../json/index.ts'
import type { Instant } from '../time/index.ts'
import type { DeliveryRecipient, FulfilmentProvider } from './fulfilment-provider.ts'

/** Nobody knows: a time-out, a broken connection, 429, 5xx. Neither yes nor no, and never "owns nothing". */
export interface PlatformUnknown {
  outcome: 'unknown'
  /** Why, for staff. */
  reason: string
  /** When it makes sense to ask again, in milliseconds from now. */
  retryAfterMs?: number | undefined
  /** Was the platform not even asked, so that this says nothing of how it is doing? @default it was */
  isNotAsked?: boolean | undefined
}

/** How a question is asked. */
export interface AskingOptions {
  /** Ends when nobody waits for the answer any more: a question that still waits for its turn is then not put. */
  signal?: AbortSignal | undefined
  /** Operator id: for whose shop it is asked. */
  operator?: string | undefined
}

/** What a platform says that a learner has of a target. */
export type Ownership =
  | {
      outcome: 'owned'
      /** How the platform says that it came: `enrolment`, `entitlement`, … */
      source: string
      /** The mode that the learner has; at least the target's. */
      mode: string
    }
  | {
      outcome: 'not_owned'
      /** A lower mode that the learner has, or null for none at all. */
      mode: string | null
    }
  | PlatformUnknown

/** May a learner have a target? */
export type Eligibility =
  | { outcome: 'eligible' }
  /** Each reason is a code and a sentence: `course_unknown: there is no course …`. */
  | { outcome: 'refused'; reasons: readonly string[] }
  | PlatformUnknown

/** What a refund policy asks about; null where the platform cannot tell. */
export interface RefundFacts {
  /** When the learner was enrolled, or null. */
  enrolledAt: Instant | null
  /** When the course begins, or null. */
  startsAt: Instant | null
  /** How far the learner has come, 0 to 10,000 basis points, or null. */
  progress: number | null
  /** Has a certificate been issued? Null: the platform cannot tell. */
  hasCertificate: boolean | null
}

/** Facts for a refund, or why there are none. */
export type RefundFactsAnswer =
  | { outcome: 'found'; facts: RefundFacts }
  /** The learner has nothing of this target there. */
  | { outcome: 'refused'; reason: string }
  | PlatformUnknown

/** Something that a learner has at a platform, whoever gave it. */
export interface PlatformHolding {
  /** What it is about, as {@link LearningPlatform.subjectOf} names it. */
  subject: string
  /** The mode. */
  mode: string
}

/** All that a learner has. */
export type HoldingsAnswer = { outcome: 'found'; holdings: readonly PlatformHolding[] } | PlatformUnknown

/**
 * A provider where learners have accounts, and modes of courses that one source can raise and another keep. Every
 * answer is a value, a refusal with its reason, or `unknown`; network errors are answers, not exceptions.
 */
export interface LearningPlatform extends FulfilmentProvider {
  /** Such providers need a learner's account: a guest's delivery waits for the claim. */
  readonly kind: 'learning'
  /**
   * Does it take a mode after the mode's deadline, for what was sold before? `privileged`: by a right that this account
   * may lack, and then such a grant is refused. `no`: shops end the sale early enough.
   */
  readonly lateGrant: 'yes' | 'privileged' | 'no'
  /**
   * What a target is about: a course, not its mode. Grants of one learner with the same subject are counted together,
   * so that one ends without the other. Pure; null for what is no target.
   */
  subjectOf(target: Json): string | null
  /**
   * What the learner has of each target, in the targets' order, asked of the platform now. Shoppers ask it by looking at carts:
   * where the platform takes only so many requests, deliveries go first.
   */
  ownership(
    learner: DeliveryRecipient,
    targets: readonly Json[],
    options?: AskingOptions,
  ): Promise<readonly Ownership[]>
  /** May this learner have this target, sold now? */
  eligible(learner: DeliveryRecipient, target: Json): Promise<Eligibility>
  /** What a refund policy asks about. Staff wait for it, for some seconds. */
  refundFacts(learner: DeliveryRecipient, target: Json, options?: AskingOptions): Promise<RefundFactsAnswer>
  /** All that the learner has there now, by subject. */
  list(learner: DeliveryRecipient): Promise<HoldingsAnswer>
}

/** Is a provider a learning platform? */
export function isLearningPlatform(provider: FulfilmentProvider | undefined): provider is LearningPlatform {
  return provider !== undefined && 'subjectOf' in provider && 'ownership' in provider
}
