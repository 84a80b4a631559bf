import { expect, test } from 'vitest'
import { isStorable } from './is-storable.ts'
import { storableReason } from './storable-reason.ts'

// What somebody without types answers is a reason too.
test.each([
  ['sold out', 'sold out'],
  ['n\0o', 'n\ufffdo'],
  [undefined, 'no reason was given'],
  [null, 'no reason was given'],
  [404, '404'],
])('%j as a reason is kept as %j', (given, kept) => {
  const reason = storableReason(given)
  expect(reason).toBe(kept)
  expect(isStorable(reason)).toBe(true)
})
