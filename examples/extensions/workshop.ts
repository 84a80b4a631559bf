import type { ProductType } from '@bursar/core'

/** A product type: a day in a room. Its attributes are checked whenever staff write a product. */
export const workshop: ProductType = {
  name: 'workshop',
  productAttributes: {
    room: { type: 'text', required: false, maximum: 60 },
    startsAt: { type: 'instant', required: true },
  },
  variantAttributes: { lunch: { type: 'boolean', required: false } },
  maximumQuantity: 20,
  taxCategory: 'digital_learning',
}
