import { BursarError, isBursarError, type OperationOutput, type Principal } from '@bursar/core'
import type { LimitedAct, RateLimits } from './rate-limits.ts'
import type { RequestContext } from './request-context.ts'

/** How many of each act a request may be, and whether its answer shows that it was. */
export interface Acts<T = unknown> {
  readonly carts?: number
  readonly codes?: number
  readonly payments?: number
  /** Were carts made? @default they were, also where the request is refused */
  readonly isCart?: (answer: T) => boolean
  /** Were codes guesses? @default they were not, unless it is refused so */
  readonly isGuess?: (answer: T) => boolean
  /** Was the payment declined? @default it was not */
  readonly isDeclined?: (answer: T) => boolean
}

/** The acts of an operation that is asked for. */
export function actsOf(operation: string, input: unknown): Acts {
  switch (operation) {
    case 'carts.create':
      return { carts: 1 }
    case 'carts.checkout':
      return { payments: 1, isDeclined }
    case 'carts.applyCode':
      return { codes: 1 }
    case 'quotes.create': {
      const codes = countOf(input, 'codes')
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
  const { carts = 0, codes = 0, payments = 0, isCart = always, isGuess = never, isDeclined = never } = acts
  const { limits } = context
  const who = limits === undefined || carts + codes + payments === 0 ? null : await nameOf(context, principal)
  if (limits === undefined || who === null) return work()
  await take(limits, 'carts', who, carts)
  await take(limits, 'codes', who, codes)
  await take(limits, 'payments', who, payments)
  const counted = { carts: true, codes: false, payments: false }
  try {
    const answer = await work()
    Object.assign(counted, { carts: isCart(answer), codes: isGuess(answer), payments: isDeclined(answer) })
    return answer
  } catch (error) {
    counted.codes = isBursarError(error, 'code_not_valid')
    throw error
  } finally {
    if (carts > 0 && !counted.carts) await limits.giveBack('carts', who, carts)
    if (codes > 0 && !counted.codes) await limits.giveBack('codes', who, codes)
    if (payments > 0 && !counted.payments) await limits.giveBack('payments', who, payments)
  }
}

const always = (): boolean => true
const never = (): boolean => false

async function take(limits: RateLimits, act: LimitedAct, who: string, count: number): Promise<void> {
  if (count === 0) return
  const seconds = await limits.take(act, who, count)
  if (seconds !== null) throw new BursarError('rate_limited', { reason: act, retryAfter: seconds })
}

/** Null for whom nobody counts: staff, machines, and an address that the host does not tell. */
async function nameOf(context: RequestContext, principal: Principal): Promise<string | null> {
  const { operator, site } = await context.site()
  if (principal.type === 'customer') return `${operator}/${site} customer ${principal.customerId}`
  if (principal.type === 'shopper' && context.address !== undefined) return `${operator}/${site} ${context.address}`
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
