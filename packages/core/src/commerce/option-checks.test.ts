import { expect, test } from 'vitest'
import { silentLogger } from '../ports/index.ts'
import { memoryStorage } from '../storage/index.ts'
import { createCommerce } from './create-commerce.ts'

const storage = memoryStorage()

test.each<[options: object | undefined, sentence: string]>([
  [undefined, 'createCommerce takes an object of options'],
  [{}, 'storage must be a storage, such as memoryStorage().'],
  [{ storage: {} }, 'storage must be a storage'],
  [{ storage, fulfillment: {} }, 'fulfillment is not known here: did you mean "fulfilment"?'],
  [{ storage, payment: {} }, 'payment is not known here: did you mean "payments"?'],
  [{ storage, colour: 1 }, 'colour is not known here: known are storage, payments, '],
  [{ storage, payments: { test: undefined } }, 'payments.test must be a payment processor: it has no `open`.'],
  [{ storage, payments: { test: {} } }, 'payments.test must be a payment processor'],
  [{ storage, payments: [] }, 'payments must be an object.'],
  [{ storage, fulfilment: { campus: () => {} } }, 'fulfilment.campus must be a fulfilment provider'],
  [{ storage, secrets: 'vault' }, 'secrets must be a function.'],
  [{ storage, guards: {} }, 'guards must be a list.'],
  [{ storage, promotions: { condition: [] } }, 'promotions.condition is not known here: did you mean "conditions"?'],
  [{ storage, productTypes: [{ name: 'x' }] }, 'productTypes[0].productAttributes must be an object.'],
  [{ storage, productTypes: [{ name: 'x', repeatble: true }] }, 'did you mean "repeatable"?'],
])('%j is refused, with what is wrong', (options, sentence) => {
  // What a host without types may write.
  expect(() => createCommerce(options as never)).toThrow(sentence)
})

test('all that is wrong is said at once, and nothing of an option left undefined', () => {
  const options = { storage, payment: {}, guard: [], taxRules: undefined }
  expect(() => createCommerce(options as never)).toThrow(
    'createCommerce: payment is not known here: did you mean "payments"? guard is not known here: did you mean "guards"?',
  )
})

test('options of a class, an adapter that is a function, and a name that says nothing are taken', async () => {
  class Options {
    get storage() {
      return storage
    }
    readonly colour = undefined
    readonly logger = Object.assign(() => {}, silentLogger)
  }
  expect(() => createCommerce(new Options())).not.toThrow()
})
