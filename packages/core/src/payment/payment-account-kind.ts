import { type InputIssue, issueUnless } from '../errors/index.ts'
import { isCurrency } from '../money/index.ts'
import type { PaymentProcessor } from '../ports/index.ts'
import { SYSTEM_SCOPE, sellers } from '../site/index.ts'
import { byId, type NewRecord, present, type RecordKind } from '../storage/index.ts'
import { paymentAccounts } from './payment.collection.ts'
import type { PaymentAccount } from './payment-account.ts'

/** A payment account to be made; its operator is that of the call. */
export type NewPaymentAccount = NewRecord<Omit<PaymentAccount, 'operator'>, 'secretRefs' | 'status'>

/**
 * How payment accounts are made and checked, where the host has these processors. They live in the system's scope, for
 * a webhook names one before the operator is known; each operator sees its own. Secrets are never in them.
 */
export function paymentAccountKind(processors: {
  readonly [name: string]: PaymentProcessor
}): RecordKind<PaymentAccount, NewPaymentAccount> {
  return {
    collection: paymentAccounts,
    scope: SYSTEM_SCOPE,
    changesPrices: false,
    uniqueMembers: {},
    listed: (call) => ({ index: 'operator', equals: [call.scope.operator] }),
    isOf: (account, call) => account.operator === call.scope.operator,
    id: (_input, runtime) => runtime.newId('pac'),
    complete: (input, id, call) => ({
      ...{ secretRefs: {}, status: 'active' as const },
      ...present(input),
      id,
      operator: call.scope.operator,
    }),
    names: (account, call) => [
      { path: 'seller', ref: byId(sellers, account.seller), scope: { operator: call.scope.operator } },
    ],
    check: (account, before) => [
      ...checkProcessor(account, processors),
      ...issueUnless(account.title.trim() !== '', 'title', 'must not be empty'),
      ...issueUnless(account.currencies.length > 0, 'currencies', 'must name at least one'),
      ...unchanged(account, before),
    ],
  }
}

function checkProcessor(
  account: PaymentAccount,
  processors: { readonly [name: string]: PaymentProcessor },
): readonly InputIssue[] {
  const processor = Object.hasOwn(processors, account.processor) ? processors[account.processor] : undefined
  if (processor === undefined) {
    const known = Object.keys(processors).join(', ') || 'there is none'
    return issueUnless(false, 'processor', `must be a processor that the host has configured: ${known}`)
  }
  const { currencies, modes = ['test', 'live'] } = processor.capabilities
  return [
    ...issueUnless(modes.includes(account.mode), 'mode', `must be ${modes.join(' or ')} with this processor`),
    ...account.currencies.flatMap((currency, index) => {
      const isTaken = currencies === 'any' || currencies.includes(currency)
      const path = `currencies.${index}`
      return [
        ...issueUnless(isCurrency(currency), path, 'must be a currency of ISO 4217'),
        ...issueUnless(isTaken, path, 'is not taken by this processor'),
        ...issueUnless(account.currencies.indexOf(currency) === index, path, 'stands here twice'),
      ]
    }),
  ]
}

/** Payments that an account has taken are refunded and booked through it: what they depend on is fixed. */
function unchanged(account: PaymentAccount, before: PaymentAccount | null): InputIssue[] {
  return (['processor', 'mode', 'seller'] as const).flatMap((member) =>
    issueUnless(before === null || before[member] === account[member], member, 'is fixed: make another account'),
  )
}
