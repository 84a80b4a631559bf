import { BursarError } from '../errors/index.ts'
import { type ConnectedAccount, connectAccounts, type ProcessorPorts } from '../payment/index.ts'
import type { Quote } from '../pricing/index.ts'
import type { Site } from '../site/index.ts'

/**
 * The account that will take the money: the one asked for, else the first that the site offers for the currency.
 * @throws BursarError `payment_account_unknown`, `amount_not_payable` with the smallest or largest amount
 */
export async function chooseAccount(
  ports: ProcessorPorts,
  site: Site,
  quote: Quote,
  asked: string | undefined,
): Promise<ConnectedAccount> {
  const offered = asked === undefined ? site.paymentAccounts : site.paymentAccounts.filter((id) => id === asked)
  const connected = await connectAccounts(ports, offered)
  const usable = connected.find((account) => takes(account, quote.currency))
  if (usable === undefined) throw new BursarError('payment_account_unknown')
  assertAmount(usable, quote)
  return usable
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

function assertAmount({ processor }: ConnectedAccount, quote: Quote): void {
  const minimum = processor.capabilities.minimum?.[quote.currency] ?? 1
  const maximum = processor.capabilities.maximum?.[quote.currency] ?? Number.MAX_SAFE_INTEGER
  if (quote.total >= minimum && quote.total <= maximum) return
  throw new BursarError('amount_not_payable', { data: { total: quote.total, minimum, maximum } })
}
