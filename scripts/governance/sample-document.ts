/** A small API as data, for planting breaks in: a cart's line is added, a cart and an order are read. */
export const sampleDocument = () => ({
  openapi: '3.1.0',
  info: { title: 'Sample', version: '1.0.0' },
  paths: {
    '/v1/carts/{cartId}/lines': {
      post: {
        operationId: 'carts.addLine',
        'x-who': ['shopper', 'customer', 'staff:support'],
        'x-errors': ['not_found'],
        parameters: [
          { name: 'cartId', in: 'path', required: true, schema: { type: 'string' } },
          { name: 'Idempotency-Key', in: 'header', required: false, schema: { type: 'string' } },
        ],
        requestBody: {
          required: true,
          content: { 'application/json': { schema: { $ref: '#/components/schemas/AddLineInput' } } },
        },
        responses: {
          '200': {
            description: 'The cart.',
            content: { 'application/json': { schema: { $ref: '#/components/schemas/Cart' } } },
          },
        },
      },
    },
    '/v1/orders/{orderId}': {
      get: {
        operationId: 'orders.get',
        'x-who': ['customer', 'staff'],
        parameters: [
          { name: 'orderId', in: 'path', required: true, schema: { type: 'string' } },
          { name: 'expand', in: 'query', required: false, schema: { type: 'string', enum: ['lines', 'payments'] } },
        ],
        responses: {
          '200': {
            description: 'The order.',
            content: { 'application/json': { schema: { $ref: '#/components/schemas/Order' } } },
          },
        },
      },
    },
  },
  components: {
    schemas: {
      AddLineInput: {
        type: 'object',
        additionalProperties: false,
        required: ['lineId', 'variantId', 'quantity'],
        properties: {
          lineId: { type: 'string' },
          variantId: { type: 'string' },
          quantity: { type: 'integer', minimum: 1, maximum: 100 },
          kind: { type: 'string', enum: ['self', 'gift', 'team'] },
          recipient: { type: 'string' },
        },
      },
      Cart: {
        type: 'object',
        required: ['id', 'version', 'lines'],
        properties: {
          id: { type: 'string' },
          version: { type: 'integer', maximum: 1000 },
          note: { type: 'string' },
          lines: {
            type: 'array',
            items: {
              type: 'object',
              required: ['id', 'variantId'],
              properties: { id: { type: 'string' }, variantId: { type: 'string' } },
            },
          },
        },
      },
      Order: {
        type: 'object',
        required: ['id', 'state', 'next'],
        properties: {
          id: { type: 'string' },
          state: { type: 'string', enum: ['pending', 'placed', 'closed'] },
          next: {
            oneOf: [
              { type: 'object', required: ['type'], properties: { type: { const: 'redirect' } } },
              { type: 'object', required: ['type'], properties: { type: { const: 'instructions' } } },
            ],
          },
        },
      },
    },
  },
})
