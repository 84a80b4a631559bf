import type { AttributeDefinition, ProductType } from './product-type.ts'

const optional = (type: AttributeDefinition['type'], maximum?: number): AttributeDefinition => ({
  type,
  required: false,
  maximum,
})

const learning = {
  level: optional('text', 60),
  language: optional('text', 60),
  subjects: optional('list', 20),
  organisation: optional('text', 200),
  image: optional('text', 2000),
} as const

/** The types that every operator has; one of the same name in `createCommerce`'s options takes its place. */
export const standardProductTypes: readonly ProductType[] = [
  {
    name: 'course',
    productAttributes: {
      ...learning,
      number: optional('text', 100),
      run: optional('text', 100),
      weeks: optional('number'),
      hoursPerWeek: optional('number'),
    },
    variantAttributes: { certificate: optional('boolean'), credits: optional('number') },
    maximumQuantity: 1,
    repeatable: false,
    taxCategory: 'digital_learning',
  },
  {
    name: 'program',
    productAttributes: learning,
    variantAttributes: { certificate: optional('boolean') },
    maximumQuantity: 1,
    repeatable: false,
    taxCategory: 'digital_learning',
  },
  {
    name: 'book',
    productAttributes: {
      language: optional('text', 60),
      subjects: optional('list', 20),
      pages: optional('number'),
      image: optional('text', 2000),
    },
    variantAttributes: { format: optional('text', 60), isbn: optional('text', 20) },
    maximumQuantity: 100,
    taxCategory: 'book',
  },
  {
    name: 'service',
    productAttributes: {
      language: optional('text', 60),
      subjects: optional('list', 20),
      image: optional('text', 2000),
    },
    variantAttributes: { durationMinutes: optional('number') },
    maximumQuantity: 10,
    taxCategory: 'service',
  },
]
