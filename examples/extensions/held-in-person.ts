import type { TaxRule } from '@bursar/core'

/** A tax rule: a workshop that has a room is an event, and taxed as one; any other is learning by wire. */
export const heldInPerson: TaxRule = {
  name: 'held in person',
  categoryOf: ({ product }) => (product.type === 'workshop' && product.attributes.room ? 'event' : null),
}
