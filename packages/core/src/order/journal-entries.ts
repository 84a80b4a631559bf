import type { JournalEntry } from '../journal/index.ts'
import { applyRate } from '../money/index.ts'
import type { Order, OrderLine, Part } from './order.ts'

/**
 * The entries of a sale, when an order is placed: what is owed to the seller, against revenue and tax, with the discounts
 * given as a contra-account. A part whose service begins at a date goes to deferred revenue until it is rendered.
 */
export function saleEntries(order: Order): JournalEntry[] {
  const { currency } = order
  const entries: JournalEntry[] = [{ account: 'receivable', amount: order.total, currency }]
  for (const line of order.lines) {
    for (const part of line.parts) entries.push(...partEntries(order, line, part))
  }
  return entries.filter((entry) => entry.amount !== 0)
}

/**
 * The entries of captured money, or with a negative amount of captured money that failed: cash, against what was owed.
 * What is more than the order's total, or was paid for an order that had ended, waits in suspense.
 *
 * @param before captured of the order until now, minor units.
 */
export function captureEntries(
  order: Pick<Order, 'state' | 'currency' | 'total'>,
  before: number,
  amount: number,
  paymentAccount: string,
): JournalEntry[] {
  const { currency } = order
  const owed = order.state === 'cancelled' ? 0 : Math.min(before + amount, order.total) - Math.min(before, order.total)
  const entries: JournalEntry[] = [
    { account: 'cash', amount, currency, paymentAccount },
    { account: 'receivable', amount: -owed, currency },
    { account: 'suspense', amount: owed - amount, currency },
  ]
  return entries.filter((entry) => entry.amount !== 0)
}

/** The entries of money that went back without a refund of ours: it waits in suspense until somebody says what it was for. */
export function refundEntries(order: Pick<Order, 'currency'>, amount: number, paymentAccount: string): JournalEntry[] {
  return [
    { account: 'cash', amount: -amount, currency: order.currency, paymentAccount },
    { account: 'suspense', amount, currency: order.currency },
  ]
}

/**
 * The entries that go with a sale's cancellation where its money came and all went back: what waited in suspense was for
 * this sale, which is owed by nobody then.
 */
export function refundedEntries({
  currency,
  total,
  money,
}: Pick<Order, 'currency' | 'total' | 'money'>): JournalEntry[] {
  const paid = Math.min(money.captured, total)
  const entries: JournalEntry[] = [
    { account: 'receivable', amount: paid, currency },
    { account: 'suspense', amount: -paid, currency },
  ]
  return entries.filter((entry) => entry.amount !== 0)
}

/** The same entries with the other sign: a correction is a new transaction. */
export function reversed(entries: readonly JournalEntry[]): JournalEntry[] {
  return entries.map((entry) => ({ ...entry, amount: -entry.amount }))
}

function partEntries(order: Order, line: OrderLine, part: Part): JournalEntry[] {
  const sums = sumPart(line, part.id)
  const where = { currency: order.currency, line: line.id, part: part.id }
  const discount = order.priceBasis === 'exclusive' ? sums.discount : discountWithoutTax(sums, part)
  return [
    {
      account: part.serviceStart === null ? 'revenue' : 'deferred_revenue',
      amount: -(sums.net + discount),
      ...where,
    },
    { account: 'discount', amount: discount, ...where },
    ...part.taxes.map(
      (tax): JournalEntry => ({ account: 'tax', amount: -tax.amount, ...where, jurisdiction: tax.jurisdiction }),
    ),
  ]
}

/**
 * Where prices contain tax a discount does too: its share without tax is that of the part's price. A price of less than the
 * discount says it too roughly, and one of nothing not at all: there the rates of its taxes say it.
 */
function discountWithoutTax({ discount, net, total }: PartSums, { taxes }: Part): number {
  if (total > 0 && total >= discount) return share(discount, net, total)
  const rates = taxes.reduce((sum, { rate }) => sum + applyRate(SCALE, rate), 0)
  return share(discount, SCALE, SCALE + rates)
}

/** A rate has at most six decimals of a percent. */
const SCALE = 100_000_000

function share(amount: number, of: number, whole: number): number {
  return Number((BigInt(amount) * BigInt(of)) / BigInt(whole))
}

interface PartSums {
  readonly discount: number
  readonly net: number
  readonly total: number
}

function sumPart(line: OrderLine, partId: string): PartSums {
  const sums = { discount: 0, net: 0, total: 0 }
  for (const run of line.units) {
    for (const allocation of run.allocations) {
      if (allocation.part !== partId) continue
      sums.discount += allocation.discount * run.count
      sums.net += allocation.net * run.count
      sums.total += allocation.total * run.count
    }
  }
  return sums
}
