import type { Part } from '../order/index.ts'
import type { RefundFacts, RefundFactsAnswer } from '../ports/index.ts'
import type { Consent } from '../site/index.ts'
import { addDays, fromInstant, type Instant, localDate, startOfLocalDay } from '../time/index.ts'

/** When a part may be refunded. A rule that is null, or false, is not asked. */
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
export type RefundPolicyRule = 'window' | 'start' | 'progress' | 'certificate' | 'consents'

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
  /** What the platform says of this learner's part; null where it was not asked. */
  facts: RefundFactsAnswer | null
}

type Finding = 'allowed' | 'denied' | 'unknown'

/**
 * Asks the policy about one part. A fact that is not known makes the part wait, never a denial; a denial by what is
 * known stands whatever the rest would say. Pure.
 */
export function askRefundPolicy(policy: RefundPolicy, about: RefundCase): RefundPolicyAnswer {
  const findings: [RefundPolicyRule, Finding][] = [
    ['window', windowFinding(policy, about)],
    ['start', policy.beforeStart ? startFinding(about) : 'allowed'],
    ['progress', progressFinding(policy.maximumProgress, about)],
    ['certificate', policy.withoutCertificate ? certificateFinding(about) : 'allowed'],
    ['consents', policy.withoutWaiver && hasWaiver(about.consents) ? 'denied' : 'allowed'],
  ]
  const denied = findings.find(([, finding]) => finding === 'denied')
  if (denied !== undefined) return { answer: 'denied', reason: denied[0] }
  const unknown = findings.find(([, finding]) => finding === 'unknown')
  return unknown === undefined ? { answer: 'allowed' } : { answer: 'awaiting_facts', reason: unknown[0] }
}

function windowFinding({ windowDays }: RefundPolicy, { now, placedAt, timeZone }: RefundCase): Finding {
  if (windowDays === null) return 'allowed'
  if (placedAt === null) return 'unknown'
  const end = startOfLocalDay(addDays(localDate(placedAt, timeZone), windowDays + 1), timeZone)
  return fromInstant(now) < fromInstant(end) ? 'allowed' : 'denied'
}

/** What the shop sold says when the service begins, unless the platform knows better. */
function startFinding(about: RefundCase): Finding {
  const { now, part } = about
  const facts = factsOf(about)
  const start = (facts === 'unknown' || facts === 'none' ? null : facts.startsAt) ?? part.serviceStart
  if (start === null) return facts === 'none' ? 'allowed' : 'unknown'
  return fromInstant(now) < fromInstant(start) ? 'allowed' : 'denied'
}

function progressFinding(maximum: number | null, about: RefundCase): Finding {
  const facts = factsOf(about)
  if (maximum === null || facts === 'none') return 'allowed'
  if (facts === 'unknown' || facts.progress === null) return 'unknown'
  return facts.progress <= maximum ? 'allowed' : 'denied'
}

function certificateFinding(about: RefundCase): Finding {
  const facts = factsOf(about)
  if (facts === 'none') return 'allowed'
  if (facts === 'unknown' || facts.hasCertificate === null) return 'unknown'
  return facts.hasCertificate ? 'denied' : 'allowed'
}

/** `none`: nothing is delivered, or the learner has nothing of it there, so nothing was begun. */
function factsOf({ part, facts }: RefundCase): RefundFacts | 'none' | 'unknown' {
  if (part.fulfilment === null) return 'none'
  if (facts === null || facts.outcome === 'unknown') return 'unknown'
  return facts.outcome === 'refused' ? 'none' : facts.facts
}

/** The last word counts. */
function hasWaiver(consents: readonly Consent[]): boolean {
  return consents.findLast(({ kind }) => kind === 'withdrawal_waiver')?.given === true
}
