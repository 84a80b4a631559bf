import type { Json } from '../json/index.ts'
import type {
  DeliverGrant,
  DeliveryAnswer,
  DeliveryRecipient,
  FulfilmentProvider,
  WithdrawGrant,
} from '../ports/index.ts'
import type { Instant } from '../time/index.ts'
import { expectThat } from './expectations.ts'

/** Something whose sale ended. */
export interface ExpiredTarget {
  /** What was sold. */
  readonly target: Json
  /** An instant of lawful sale, before the deadline; the provider's clock is past it. */
  readonly soldBefore: Instant
  /** An instant after the deadline. */
  readonly soldAfter: Instant
}

/** A provider to be tried, and what the trial can make it do. What is absent leaves cases out, by name. */
export interface FulfilmentProviderBench {
  /** Fresh for each case. */
  readonly provider: FulfilmentProvider
  /** A target that can be delivered. */
  readonly target: Json
  /** A lower and a higher degree of one thing, such as two modes of a course, neither of them `target`. */
  readonly degrees?: { readonly lower: Json; readonly higher: Json } | undefined
  /** A target whose deadline has passed. */
  readonly expired?: ExpiredTarget | undefined
  /** Targets that are no targets of this provider. */
  readonly wrongTargets: readonly Json[]
  /** Does the provider answer `pending`, until somebody says that it is done? @default false */
  readonly isPending?: boolean | undefined
  /** Does the provider keep what became of each grant? @default true */
  readonly remembersGrants?: boolean | undefined
  /** What the provider itself says that somebody has of a target: null for nothing. Asked of it and not of the adapter. */
  has?(recipient: DeliveryRecipient, target: Json): Promise<Json>
  /** Gives somebody a target at the provider itself, not by us. */
  giveDirectly?(recipient: DeliveryRecipient, target: Json): Promise<void>
  /** How many times deliveries of a grant changed something there. */
  changesBy?(grantId: string): Promise<number>
  /** The next call is lost, before or after it acted; `ask`: a question of a learning platform. */
  breakNext?(call: 'deliver' | 'withdraw' | 'ask', when: 'before' | 'after'): Promise<void>
}

/** What a case may need of a bench. */
export type FulfilmentProviderNeed =
  | 'done'
  | 'degrees'
  | 'expired'
  | 'pending'
  | 'remembersGrants'
  | 'has'
  | 'giveDirectly'
  | 'changesBy'
  | 'breakNext'

/** What a bench offers. */
export function fulfilmentProviderAbilities(bench: FulfilmentProviderBench): Set<FulfilmentProviderNeed> {
  const offered: { readonly [need in FulfilmentProviderNeed]: boolean } = {
    done: bench.isPending !== true,
    pending: bench.isPending === true,
    degrees: bench.degrees !== undefined,
    expired: bench.expired !== undefined,
    remembersGrants: bench.remembersGrants ?? true,
    has: bench.has !== undefined,
    giveDirectly: bench.giveDirectly !== undefined,
    changesBy: bench.changesBy !== undefined,
    breakNext: bench.breakNext !== undefined,
  }
  // The keys of `offered` are the needs: its type says so.
  return new Set((Object.keys(offered) as FulfilmentProviderNeed[]).filter((need) => offered[need]))
}

/** Who gets what the trial delivers. */
export const RECIPIENT: DeliveryRecipient = {
  customerId: 'cus_one',
  learnerId: 'learner-one',
  email: 'one@example.org',
  name: 'One',
}

/** Whose sales a bench's provider delivers. */
const OPERATOR = 'operator-1'

/** Somebody else, without a link to the provider. */
export const OTHER_RECIPIENT: DeliveryRecipient = { customerId: 'cus_two', learnerId: null, email: null, name: null }

/** A grant of the bench's target. */
function grantOf(bench: FulfilmentProviderBench, own: Partial<DeliverGrant> = {}): DeliverGrant {
  return {
    grantId: 'grant-1',
    operator: OPERATOR,
    recipient: RECIPIENT,
    target: bench.target,
    soldAt: '2026-01-01T00:00:00.000Z',
    orderNumber: 'T-1001',
    ...remembering(bench, own.grantId ?? 'grant-1'),
    ...own,
  }
}

/** Delivers such a grant, as Bursar does: what was remembered at an earlier attempt is given back. */
export function deliver(bench: FulfilmentProviderBench, own: Partial<DeliverGrant> = {}): Promise<DeliveryAnswer> {
  return bench.provider.deliver(grantOf(bench, own))
}

const REMEMBERED = new WeakMap<FulfilmentProviderBench, Map<string, Json>>()

function remembering(bench: FulfilmentProviderBench, grantId: string): Pick<DeliverGrant, 'before' | 'remember'> {
  const remembered = REMEMBERED.get(bench) ?? new Map<string, Json>()
  REMEMBERED.set(bench, remembered)
  return {
    before: remembered.get(grantId) ?? null,
    async remember(before) {
      if (!remembered.has(grantId)) remembered.set(grantId, before)
    },
  }
}

/** The withdrawal of such a grant, with nothing before it and nothing beside it. */
export function withdrawalOf(bench: FulfilmentProviderBench, own: Partial<WithdrawGrant> = {}): WithdrawGrant {
  const { target } = bench
  return { grantId: 'grant-1', operator: OPERATOR, recipient: RECIPIENT, target, before: null, remaining: [], ...own }
}

/** What somebody has, where the bench can tell. */
export async function hasOf(
  bench: FulfilmentProviderBench,
  target = bench.target,
  recipient = RECIPIENT,
): Promise<Json> {
  expectThat(bench.has !== undefined, 'the case must need has')
  return bench.has(recipient, target)
}

/** How often a grant changed something, where the bench can tell. */
export async function changesOf(bench: FulfilmentProviderBench, grantId = 'grant-1'): Promise<number> {
  expectThat(bench.changesBy !== undefined, 'the case must need changesBy')
  return bench.changesBy(grantId)
}

/** The state before, of an answer that is done. */
export function beforeOf(answer: DeliveryAnswer): Json {
  expectThat(answer.outcome === 'done', `a delivery that is done, found ${JSON.stringify(answer)}`)
  return answer.before ?? null
}

/** The two degrees, where the bench has them. */
export function degreesOf(bench: FulfilmentProviderBench): { readonly lower: Json; readonly higher: Json } {
  expectThat(bench.degrees !== undefined, 'the case must need degrees')
  return bench.degrees
}
