import { expect, test } from 'vitest'
import { quote } from './price-cart.ts'
import { ENGINE_VERSION } from './pricing-inputs.ts'
import { quoteAgain } from './quote-again.ts'
import { quoteHashOf } from './quote-hash.ts'
import { sampleInputs, sampleVariant } from './sample-inputs.ts'

const inputs = sampleInputs({
  lines: [{ id: 'a', variantId: 'var_a', quantity: 2 }],
  variants: { var_a: sampleVariant('var_a', 1999) },
})
const sold = quote(inputs)
/** The quote that an older engine made, which was the same but for its version. */
const older = { ...sold, engine: ENGINE_VERSION - 1 }
const olderInputs = { ...inputs, engine: older.engine }

test('what this engine priced is priced again, whatever was accepted', () => {
  expect(quoteAgain(inputs, { engine: ENGINE_VERSION, quoteHash: 'other' })).toEqual(sold)
})

test('what an older engine priced to the same quote is that quote again', () => {
  expect(quoteAgain(olderInputs, { engine: older.engine, quoteHash: quoteHashOf(older) })).toEqual(older)
})

test('what an older engine priced to another quote is not priced again', () => {
  const dearer = { ...older, total: older.total + 1 }
  expect(quoteAgain(olderInputs, { engine: older.engine, quoteHash: quoteHashOf(dearer) })).toBeNull()
})

test('inputs of another engine than the order are not its own', () => {
  expect(quoteAgain(inputs, { engine: older.engine, quoteHash: quoteHashOf(older) })).toBeNull()
  expect(quoteAgain(olderInputs, { engine: ENGINE_VERSION, quoteHash: quoteHashOf(sold) })).toBeNull()
})

test('inputs that this engine refuses are not priced again', () => {
  const odd = { ...olderInputs, lines: inputs.lines.map((line) => ({ ...line, quantity: -1 })) }
  expect(quoteAgain(odd, { engine: older.engine, quoteHash: quoteHashOf(older) })).toBeNull()
})
