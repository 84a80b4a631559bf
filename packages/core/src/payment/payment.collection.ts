import type { Collection } from '../ports/index.ts'
import type { EventCursor } from './event-cursor.ts'
import type { Payment } from './payment.ts'
import type { PaymentAccount } from './payment-account.ts'
import type { PaymentEvent } from './payment-event.ts'

/** Payment accounts, in the system's scope: a webhook names one before the operator is known. */
export const paymentAccounts: Collection<PaymentAccount> = {
  name: 'paymentAccounts',
  of: 'operator',
  columns: { operator: (account) => account.operator, id: (account) => account.id },
  unique: {},
  indexes: { operator: ['operator', 'id'] },
}

/** Payments of an operator. */
export const payments: Collection<Payment> = {
  name: 'payments',
  of: 'operator',
  columns: {
    account: (payment) => payment.account,
    reference: (payment) => payment.reference,
    openKey: (payment) => payment.operations[0]?.id ?? null,
    orderId: (payment) => payment.orderId,
    createdAt: (payment) => payment.createdAt,
  },
  unique: { reference: ['account', 'reference'], openKey: ['openKey'] },
  indexes: { orderId: ['orderId'], createdAt: ['createdAt'] },
}

/** Events of processors, each once. */
export const paymentEvents: Collection<PaymentEvent> = {
  name: 'paymentEvents',
  of: 'operator',
  appendOnly: true,
  columns: { account: (event) => event.account, receivedAt: (event) => event.receivedAt },
  unique: {},
  indexes: { receivedAt: ['account', 'receivedAt'] },
}

/** How far each account's events were pulled. */
export const eventCursors: Collection<EventCursor> = {
  name: 'eventCursors',
  of: 'operator',
  columns: {},
  unique: {},
  indexes: {},
}
