import { expect, test } from 'vitest'
import { systemRuntime } from '../ports/index.ts'
import { orderNumber } from './order-number.ts'

test.each([
  ['A', /^A-[0-9A-Z]{4}-[0-9A-Z]{4}$/],
  ['', /^[0-9A-Z]{4}-[0-9A-Z]{4}$/],
])('with the prefix "%s"', (prefix, expected) => {
  expect(orderNumber(systemRuntime(), prefix)).toMatch(expected)
})
