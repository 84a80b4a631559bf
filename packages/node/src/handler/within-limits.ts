import { BursarError, isBursarError, type OperationOutput, type Principal } from '@bursar/core'
import { networkOf } from './network-of.ts'
import type { LimitedAct, RateLimits } from './rate-limits.ts'
import type { KnownLimits } from './remember-refusals.ts'
import type { RequestContext } from './request-context.ts'

/** A question for prices may name so many codes; one with more is refused for that, and tells of none. */
const MOST_CODES = 20

/** Acts that are under way at once, where limits do not say how many they let through: as many as declined payments by default. */
const PLACES = 30
/** Seconds after which another try is worth it for whom there was no place: those before it are through by then. */
const SOON = 1

/** How many of each act a request is. */
export interface Acts<T = unknown> {
  readonly carts?: number
  readonly codes?: number
  /** Were codes guesses? @default they were not, unless it is refused so */
  readonly isGuess?: (answer: T) => boolean
  /** What only the answer tells is counted then: who does it right waits where as many as the limit are under way. */
  readonly afterwards?: { readonly act: LimitedAct; readonly isOne: (answer: T) => boolean }
}

/** The acts of an operation that is asked for. */
export function actsOf(operation: string, input: unknown): Acts {
  switch (operation) {
    case 'carts.create':
      return { carts: 1 }
    case 'carts.checkout':
      return { afterwards: { act: 'payments', isOne: isDeclined } }
    case 'carts.applyCode':
      return { codes: 1 }
    case 'quotes.create': {
      const named = countOf(input, 'codes')
      const codes = named > MOST_CODES ? 0 : named
      return { codes, isGuess: (answer) => knownCodes(answer) < codes }
    }
    default:
      return {}
  }
}

/**
 * Does what a request asks for, unless who asks has done so too often. Codes that are valid are not counted, nor
 * payments that succeed, so a class that buys with one code behind one address is not kept out.
 * @throws `rate_limited`, and what the work throws
 */
export async function withinLimits<T>(
  context: RequestContext,
  principal: Principal,
  acts: Acts<T>,
  work: () => Promise<T>,
): Promise<T> {
  const { carts = 0, codes = 0, afterwards } = acts
  const { limits } = context
  const isLimited = carts + codes > 0 || afterwards !== undefined
  const who = limits !== undefined && isLimited ? await nameOf(context, principal) : null
  if (limits === undefined || who === null) return work()
  if (afterwards === undefined) return counted(limits, who, acts, work)
  const { act } = afterwards
  const { signal } = context.request
  const turn = limits.turnOf(`${act} ${who}`, { places: limits.acts?.[act] ?? PLACES, signal })
  try {
    refuse(act, (await context.aside(turn.mayBegin)) ? limits.refusedFor(act, who) : SOON)
    return await counted(limits, who, acts, work)
  } finally {
    turn.end()
  }
}

async function counted<T>(limits: KnownLimits, who: string, acts: Acts<T>, work: () => Promise<T>): Promise<T> {
  const { carts = 0, codes = 0, isGuess = () => false, afterwards } = acts
  await take(limits, 'carts', who, carts)
  await take(limits, 'codes', who, codes)
  let isGuessed = false
  try {
    const answer = await work()
    isGuessed = isGuess(answer)
    if (afterwards?.isOne(answer)) await limits.take(afterwards.act, who, 1)
    return answer
  } catch (error) {
    isGuessed = isBursarError(error, 'code_not_valid')
    throw error
  } finally {
    if (codes > 0 && isGuessed) limits.keep(who, codes)
    if (codes > 0 && !isGuessed) await limits.giveBack('codes', who, codes)
  }
}

async function take(limits: RateLimits, act: LimitedAct, who: string, count: number): Promise<void> {
  if (count === 0) return
  refuse(act, await limits.take(act, who, count))
}

function refuse(act: LimitedAct, seconds: number | null): void {
  if (seconds !== null) throw new BursarError('rate_limited', { reason: act, retryAfter: seconds })
}

/** Null for whom nobody counts: staff, machines, and an address that the host does not tell. */
async function nameOf(context: RequestContext, principal: Principal): Promise<string | null> {
  const { operator, site } = await context.site()
  if (principal.type === 'customer') return `${operator}/${site} customer ${principal.customerId}`
  if (principal.type === 'shopper' && context.address !== undefined)
    return `${operator}/${site} ${networkOf(context.address)}`
  return null
}

function countOf(input: unknown, name: string): number {
  const value = typeof input === 'object' && input !== null ? (input as Record<string, unknown>)[name] : undefined
  return Array.isArray(value) ? value.length : 0
}

/** Codes that the quotes of an answer name. */
function knownCodes(answer: unknown): number {
  const [first] = (answer as { quotes: readonly unknown[] }).quotes // an answer of quotes.create
  return countOf(first, 'codes')
}

/** Of an answer of carts.checkout. One whose outcome is in doubt is not counted. */
function isDeclined(answer: unknown): boolean {
  return (answer as OperationOutput<'carts.checkout'>).payment?.status === 'failed' // of that operation
}
