import type { Part } from '../order/index.ts'
import type { RefundFacts, RefundFactsAnswer } from '../ports/index.ts'
import type { Consent } from '../site/index.ts'
import { addDays, fromInstant, type Instant, localDate, startOfLocalDay } from '../time/index.ts'

/**
 * When a part may be refunded. A rule that is null, or false, is not asked. One is not the shop's to choose: what was
 * credited to an upgrade or a bundle is not refunded while that stands.
 */
export interface RefundPolicy {
  /**
   * Days after the day on which the order was placed, 0 or more; the window ends with the last of them, in the site's
   * time zone.
   * @see https://eur-lex.europa.eu/eli/reg/1971/1182 article 3: the day itself does not count
   */
  windowDays: number | null
  /** Only before the course begins. */
  beforeStart: boolean
  /** How far the learner may have come, 0 to 10,000 basis points, at most. */
  maximumProgress: number | null
  /** Not once a certificate was issued. */
  withoutCertificate: boolean
  /** Not where the shopper agreed to lose the right of withdrawal. */
  withoutWaiver: boolean
}

/** Which rule of the policy a reason is about. */
export type RefundPolicyRule = 'upgrade' | 'window' | 'start' | 'progress' | 'certificate' | 'consents'

/** What the policy says of a part. */
export type RefundPolicyAnswer =
  | { answer: 'allowed' }
  /** The first rule that denies it, in the order of {@link RefundPolicyRule}. */
  | { answer: 'denied'; reason: RefundPolicyRule }
  /** No rule denies it by what is known, and the first that lacks a fact. Ask again later. */
  | { answer: 'awaiting_facts'; reason: RefundPolicyRule }

/** What the policy is asked about. */
export interface RefundCase {
  /** The clock. */
  now: Instant
  /** The site's time zone. */
  timeZone: string
  /** When the order was placed; null where it was not. */
  placedAt: Instant | null
  /** What was agreed to. */
  consents: readonly Consent[]
  /** The part. */
  part: Pick<Part, 'fulfilment' | 'serviceStart'>
  /** Was its price credited to an upgrade, or a bundle, that stands? The money was given back already, as a lower price. */
  isCredited: boolean
  /** What the platform says of this learner's part; null where it was not asked. */
  facts: RefundFactsAnswer | null
}

/** What a rule has against it; null for nothing. */
type Objection = 'denied' | 'unknown' | null

/**
 * Asks the policy about one part. A fact that is not known makes the part wait, never a denial; a denial by what is
 * known stands whatever the rest would say. Pure.
 */
export function askRefundPolicy(policy: RefundPolicy, about: RefundCase): RefundPolicyAnswer {
  const facts = factsOf(about)
  const objections: [RefundPolicyRule, Objection][] = [
    ['upgrade', about.isCredited ? 'denied' : null],
    ['window', windowObjection(policy, about)],
    ['start', policy.beforeStart ? startObjection(facts, about) : null],
    ['progress', progressObjection(policy.maximumProgress, facts)],
    ['certificate', policy.withoutCertificate ? certificateObjection(facts) : null],
    ['consents', policy.withoutWaiver && hasWaiver(about.consents) ? 'denied' : null],
  ]
  const denied = objections.find(([, objection]) => objection === 'denied')
  if (denied !== undefined) return { answer: 'denied', reason: denied[0] }
  const unknown = objections.find(([, objection]) => objection === 'unknown')
  return unknown === undefined ? { answer: 'allowed' } : { answer: 'awaiting_facts', reason: unknown[0] }
}

function windowObjection({ windowDays }: RefundPolicy, { now, placedAt, timeZone }: RefundCase): Objection {
  if (windowDays === null) return null
  if (placedAt === null) return 'unknown'
  const end = startOfLocalDay(addDays(localDate(placedAt, timeZone), windowDays + 1), timeZone)
  return fromInstant(now) < fromInstant(end) ? null : 'denied'
}

/** What the shop sold says when the service begins, unless the platform knows better. */
function startObjection(facts: RefundFacts, { now, part }: RefundCase): Objection {
  const start = facts.startsAt ?? part.serviceStart
  if (start === null) return facts === NOTHING ? null : 'unknown'
  return fromInstant(now) < fromInstant(start) ? null : 'denied'
}

function progressObjection(maximum: number | null, { progress }: RefundFacts): Objection {
  if (maximum === null) return null
  if (progress === null) return 'unknown'
  return progress <= maximum ? null : 'denied'
}

function certificateObjection({ hasCertificate }: RefundFacts): Objection {
  if (hasCertificate === null) return 'unknown'
  return hasCertificate ? 'denied' : null
}

const UNKNOWN: RefundFacts = { enrolledAt: null, startsAt: null, progress: null, hasCertificate: null }
/** Nothing is delivered, or the learner has nothing of it there, so nothing was begun. */
const NOTHING: RefundFacts = { ...UNKNOWN, progress: 0, hasCertificate: false }

function factsOf({ part, facts }: RefundCase): RefundFacts {
  if (part.fulfilment === null) return NOTHING
  if (facts === null || facts.outcome === 'unknown') return UNKNOWN
  return facts.outcome === 'refused' ? NOTHING : facts.facts
}

/** The last word counts. */
function hasWaiver(consents: readonly Consent[]): boolean {
  return consents.findLast(({ kind }) => kind === 'withdrawal_waiver')?.given === true
}
