import { BursarError } from '../errors/index.ts'
import { type ConnectedAccount, connectAccounts, type ProcessorPorts } from '../payment/index.ts'
import type { Quote } from '../pricing/index.ts'
import type { Site } from '../site/index.ts'

/** Reads the accounts that a site offers. */
export type ReadOffered = (site: Site) => Promise<readonly ConnectedAccount[]>

/**
 * Begins to read the accounts of a site as the process knows it, so that they come in the round trip that tells whether it
 * is still so; if not they are read anew.
 */
export function offeredAhead(ports: ProcessorPorts, known: Site | undefined, asked: string | undefined): ReadOffered {
  const begun = known && offeredAccounts(ports, known, asked)
  begun?.catch(() => {}) // what is wrong with the cart is said first
  return (site) => (begun !== undefined && site === known ? begun : offeredAccounts(ports, site, asked))
}

/** The accounts that the site offers, or of them the one asked for. */
function offeredAccounts(
  ports: ProcessorPorts,
  site: Site,
  asked: string | undefined,
): Promise<readonly ConnectedAccount[]> {
  const offered = asked === undefined ? site.paymentAccounts : site.paymentAccounts.filter((id) => id === asked)
  return connectAccounts(ports, offered)
}

/**
 * The account that will take the money: of those offered the first for the currency and the amount.
 * @throws BursarError `payment_account_unknown`, `amount_not_payable` with the smallest and largest amount of the first
 */
export function chooseAccount(offered: readonly ConnectedAccount[], quote: Quote): ConnectedAccount {
  const usable = offered.filter((account) => takes(account, quote.currency))
  const [first] = usable
  if (first === undefined) throw new BursarError('payment_account_unknown')
  const chosen = usable.find((account) => isWithin(amountsOf(account, quote.currency), quote.total))
  if (chosen !== undefined) return chosen
  throw new BursarError('amount_not_payable', { data: { total: quote.total, ...amountsOf(first, quote.currency) } })
}

function takes({ record, processor }: ConnectedAccount, currency: string): boolean {
  const { currencies, modes } = processor.capabilities
  return (
    record.status === 'active' &&
    (modes === undefined || modes.includes(record.mode)) &&
    record.currencies.includes(currency) &&
    (currencies === 'any' || currencies.includes(currency))
  )
}

function amountsOf({ processor }: ConnectedAccount, currency: string): { minimum: number; maximum: number } {
  return {
    minimum: processor.capabilities.minimum?.[currency] ?? 1,
    maximum: processor.capabilities.maximum?.[currency] ?? Number.MAX_SAFE_INTEGER,
  }
}

const isWithin = ({ minimum, maximum }: { minimum: number; maximum: number }, amount: number): boolean =>
  amount >= minimum && amount <= maximum
