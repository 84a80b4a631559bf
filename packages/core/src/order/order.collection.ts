import type { Collection } from '../ports/index.ts'
import type { DomainEvent } from './domain-event.ts'
import type { Order } from './order.ts'

/** Orders of a site. */
export const orders: Collection<Order> = {
  name: 'orders',
  of: 'site',
  columns: {
    number: (order) => order.number,
    cartId: (order) => order.cartId,
    liveCart: (order) => (order.state === 'cancelled' ? null : order.cartId),
    customerId: (order) => order.customerId,
    state: (order) => order.state,
    createdAt: (order) => order.createdAt,
  },
  unique: { number: ['number'], liveCart: ['liveCart'] },
  indexes: {
    customer: ['customerId', 'createdAt'],
    state: ['state', 'createdAt'],
    createdAt: ['createdAt'],
    cart: ['cartId'],
  },
}

/** Domain events of an operator, in order per stream. */
export const domainEvents: Collection<DomainEvent> = {
  name: 'domainEvents',
  of: 'operator',
  appendOnly: true,
  columns: { stream: (event) => event.stream, seq: (event) => event.seq },
  numbers: ['seq'],
  unique: { place: ['stream', 'seq'] },
  indexes: { stream: ['stream', 'seq'] },
}
