import { expect, test } from 'vitest'
import { findBreaks, type OpenApiDocument } from './find-breaks.ts'
import { sampleDocument } from './sample-document.ts'

// biome-ignore lint/suspicious/noExplicitAny: each case digs into the sample at a place of its own
type Planted = [what: string, plant: (document: any) => void]

const lines = '/v1/carts/{cartId}/lines'
const order = '/v1/orders/{orderId}'

const breaks: Planted[] = [
  ['an operation is gone', ({ paths }) => delete paths[order].get],
  ['a path is gone', ({ paths }) => delete paths[order]],
  [
    'a new required input',
    ({ components: { schemas } }) => {
      schemas.AddLineInput.properties.place = { type: 'string' }
      schemas.AddLineInput.required.push('place')
    },
  ],
  [
    'an optional input became required',
    ({ components: { schemas } }) => schemas.AddLineInput.required.push('recipient'),
  ],
  [
    'an input of another type',
    ({ components: { schemas } }) => {
      schemas.AddLineInput.properties.variantId.type = 'integer'
    },
  ],
  [
    'a narrower maximum of an input',
    ({ components: { schemas } }) => {
      schemas.AddLineInput.properties.quantity.maximum = 10
    },
  ],
  [
    'a new maximum of an input',
    ({ components: { schemas } }) => {
      schemas.AddLineInput.properties.recipient.maxLength = 20
    },
  ],
  ['a narrower enum of an input', ({ components: { schemas } }) => schemas.AddLineInput.properties.kind.enum.pop()],
  ['an input field is gone', ({ components: { schemas } }) => delete schemas.AddLineInput.properties.recipient],
  ['a query parameter is gone', ({ paths }) => paths[order].get.parameters.pop()],
  ['an output field is gone', ({ components: { schemas } }) => delete schemas.Cart.properties.note],
  ['an output became optional', ({ components: { schemas } }) => schemas.Cart.required.pop()],
  [
    'an output of another type',
    ({ components: { schemas } }) => {
      schemas.Cart.properties.version.type = 'string'
    },
  ],
  [
    'an output may be null',
    ({ components: { schemas } }) => {
      schemas.Cart.properties.note.type = ['string', 'null']
    },
  ],
  [
    'another discriminator of an arm',
    ({ components: { schemas } }) => {
      schemas.Order.properties.next.oneOf[0].properties.type.const = 'forward'
    },
  ],
  [
    'a nested output field is gone',
    ({ components: { schemas } }) => {
      delete schemas.Cart.properties.lines.items.properties.variantId
    },
  ],
  [
    'a header became required',
    ({ paths }) => {
      paths[lines].post.parameters[1].required = true
    },
  ],
  [
    'another status of success',
    ({ paths }) => {
      paths[lines].post.responses['201'] = paths[lines].post.responses['200']
      delete paths[lines].post.responses['200']
    },
  ],
  ['rights narrowed', ({ paths }) => paths[lines].post['x-who'].shift()],
  [
    'rights narrowed from the staff to a role',
    ({ paths }) => {
      paths[order].get['x-who'] = ['customer', 'staff:finance']
    },
  ],
]

const harmless: Planted[] = [
  [
    'a new operation',
    ({ paths }) => {
      paths['/v1/site'] = {
        get: { operationId: 'site.get', 'x-who': ['shopper'], responses: { '200': { description: 'It.' } } },
      }
    },
  ],
  [
    'a new optional input',
    ({ components: { schemas } }) => {
      schemas.AddLineInput.properties.place = { type: 'string' }
    },
  ],
  ['an input became optional', ({ components: { schemas } }) => schemas.AddLineInput.required.pop()],
  [
    'a wider enum of an input',
    ({ components: { schemas } }) => schemas.AddLineInput.properties.kind.enum.push('organisation'),
  ],
  [
    'a wider maximum of an input',
    ({ components: { schemas } }) => {
      schemas.AddLineInput.properties.quantity.maximum = 1000
    },
  ],
  [
    'an output of a narrower type',
    ({ components: { schemas } }) => {
      schemas.Cart.properties.lines.type = ['array']
    },
  ],
  [
    'a new output',
    ({ components: { schemas } }) => {
      schemas.Cart.properties.currency = { type: 'string' }
      schemas.Cart.required.push('currency')
    },
  ],
  ['a new value of an output', ({ components: { schemas } }) => schemas.Order.properties.state.enum.push('cancelled')],
  [
    'a new arm of an output',
    ({ components: { schemas } }) =>
      schemas.Order.properties.next.oneOf.push({
        type: 'object',
        required: ['type'],
        properties: { type: { const: 'wait' } },
      }),
  ],
  ['a new error code', ({ paths }) => paths[lines].post['x-errors'].push('sold_out')],
  [
    'a new optional query parameter',
    ({ paths }) =>
      paths[order].get.parameters.push({ name: 'locale', in: 'query', required: false, schema: { type: 'string' } }),
  ],
  ['rights widened', ({ paths }) => paths[lines].post['x-who'].push('service')],
  [
    'rights widened from a role to the staff',
    ({ paths }) => {
      paths[lines].post['x-who'] = ['shopper', 'customer', 'staff']
    },
  ],
  [
    'another description',
    ({ components: { schemas } }) => {
      schemas.Cart.properties.note.description = 'What the shopper wrote.'
    },
  ],
]

const breaksOf = (plant: Planted[1]): unknown[] => {
  const after = sampleDocument()
  plant(after)
  return findBreaks(asDocument(sampleDocument()), asDocument(after))
}

// The sample has the document's shape; its literal type lists the fields of each operation, parameters and all.
const asDocument = (sample: ReturnType<typeof sampleDocument>): OpenApiDocument => sample as unknown as OpenApiDocument

test.each(breaks)('%s: a break', (_what, plant) => {
  expect(breaksOf(plant)).not.toEqual([])
})

test.each(harmless)('%s: no break', (_what, plant) => {
  expect(breaksOf(plant)).toEqual([])
})

test('nothing changed: no break', () => {
  expect(breaksOf(() => undefined)).toEqual([])
})
