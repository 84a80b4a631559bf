import { type Customer, customers } from '../customer/index.ts'
import type { Stored } from '../ports/index.ts'
import type { Code, Fact } from '../promotion/index.ts'
import { byId, type RecordRef } from '../storage/index.ts'
import { budgetCounter, ordersCounter } from './count-uses.ts'
import type { PricedCode, ShopperFacts } from './pricing-inputs.ts'

/** The people to whom codes are assigned, by customer id. */
export type Assignees = ReadonlyMap<string, Customer>

/** As much of what is priced as codes depend on. */
interface CodeSubject {
  /** Code ids. */
  readonly codes: readonly string[]
  /** ISO 4217 code. */
  readonly currency: string
  /** Who buys. */
  readonly shopper: ShopperFacts
  /** Their address. */
  readonly email?: string | null | undefined
}

/** What is asked about codes: their ids as the cart has them, and the records that were found. */
interface AskedCodes {
  readonly codes: readonly Code[]
  readonly subject: CodeSubject
}

/** No record has this id. */
const NOBODY = 'nobody'

/**
 * For each code the same counters are read, whatever the code is and whether it is there at all: how long the answer takes
 * says nothing about a code that was guessed.
 */
export function codeCounters({ codes, subject }: AskedCodes): readonly string[] {
  const customer = subject.shopper.customerId ?? NOBODY
  return subject.codes.flatMap((id) => {
    const promotion = codes.find((code) => code.id === id)?.promotionId ?? id
    return [
      ...[`code:${id}`, `code:${id}:${customer}`, `promotion:${promotion}`, `promotion:${promotion}:${customer}`],
      ...[budgetCounter(promotion, subject.currency), ordersCounter(customer)],
    ]
  })
}

/** One person for each code, to whom it was assigned; in the same number for the reason above. */
export function assigneeRefs({ codes, subject }: AskedCodes): readonly RecordRef<Stored<Customer>>[] {
  return subject.codes.map((id) => byId(customers, codes.find((code) => code.id === id)?.assignedTo ?? NOBODY))
}

/** A code as a quote sees it. When its owner was reminded is no matter of the price. */
export function pricedCode(
  { remindedAt: _when, ...code }: Code,
  left: (name: string, limit: number | null) => number | null,
  { assignees, subject }: { assignees: Assignees; subject: CodeSubject },
): PricedCode {
  const { customerId } = subject.shopper
  const limit = code.usesPerCustomer ?? null
  const customerUsesLeft = customerId === null ? 'unknown' : left(`code:${code.id}:${customerId}`, limit)
  return {
    ...code,
    usesLeft: left(`code:${code.id}`, code.uses),
    ...(limit === null ? {} : { customerUsesLeft }),
    ...(code.assignedTo ? { isTheirs: isTheirs(assignees.get(code.assignedTo), subject) } : {}),
  }
}

/** The person to whom it was assigned, or one with the same address: who is signed in has it from the host. */
function isTheirs(assignee: Customer | undefined, { shopper, email }: CodeSubject): Fact {
  if (shopper.customerId === null) return 'unknown'
  if (assignee === undefined) return 'no'
  const isSameAddress = assignee.email !== null && assignee.email === email?.toLowerCase()
  return assignee.id === shopper.customerId || isSameAddress ? 'yes' : 'no'
}
