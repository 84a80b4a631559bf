import type { PaymentProcessor, ProcessorPayment } from '../ports/index.ts'

/** Accepts every order to be paid later; keeps no books, as the port allows. */
export function invoiceProcessor(): PaymentProcessor {
  const opened = (amount: ProcessorPayment['amount'], reference: string): ProcessorPayment => ({
    ...{ reference, state: 'processing', amount, captured: 0, refunded: 0 },
  })
  const amounts = new Map<string, ProcessorPayment['amount']>()
  const known = (reference: string): ProcessorPayment =>
    opened(amounts.get(reference) ?? { amount: 0, currency: 'EUR' }, reference)
  return {
    capabilities: {
      ...{ currencies: 'any', partialCapture: false, partialRefund: false, voidable: true, disputes: false },
      ...{ hostedFields: false, lookupByKey: true, onAccount: true },
    },
    async open(_account, { amount, key, orderNumber }) {
      amounts.set(`inv_${key}`, amount)
      const next = { type: 'instructions', text: 'Pay by transfer.', reference: orderNumber } as const
      return { outcome: 'pending', payment: opened(amount, `inv_${key}`), next }
    },
    async capture(_account, { amount, reference }) {
      return {
        outcome: 'succeeded',
        payment: { ...opened(amount, reference), state: 'captured', captured: amount.amount },
      }
    },
    void: async (_account, { reference }) => ({
      outcome: 'succeeded',
      payment: { ...known(reference), state: 'cancelled' },
    }),
    refund: async (_account, { amount, reference }) => ({
      outcome: 'succeeded',
      payment: { ...known(reference), state: 'captured', captured: amount.amount, refunded: amount.amount },
    }),
    async lookup(_account, { reference, key }) {
      const id = reference ?? `inv_${key}`
      return amounts.has(id) ? { outcome: 'found', payment: known(id) } : { outcome: 'not_found' }
    },
    parseEvent: async () => ({ outcome: 'bad_signature', reason: 'nobody sends events' }),
    listSince: async (_account, cursor) => ({ events: [], cursor }),
  }
}
