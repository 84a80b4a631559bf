import { expect, test } from 'vitest'
import { misreadNumber } from './misread-number.ts'

test.each(['90071992547409931', '-90071992547409931', '9007199254740993.0', '12345678901234567.5', '1e400'])(
  '%s is read as another number',
  (written) => {
    expect(misreadNumber(`{"course": [${written}]}`)).toBe(written)
  },
)

// The last is what PostgreSQL writes of a mean.
test.each([
  '9007199254740991',
  '123456789012345680000',
  '39.00',
  '-0.5',
  '1e3',
  '19.989999999999998',
  '14.3333333333333333',
])('%s is read as what it is', (written) => {
  expect(misreadNumber(`{"hours": [${written}], "90071992547409931": "90071992547409931"}`)).toBe(null)
})
