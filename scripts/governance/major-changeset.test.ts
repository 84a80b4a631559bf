import { expect, test } from 'vitest'
import { announcesMajor } from './major-changeset.ts'

test.each([
  ["---\n'@bursar/core': major\n---\n\nThe cart is another.\n", true],
  ['---\n"@bursar/node": minor\n"@bursar/core": major\n---\n\nThe cart is another.\n', true],
  ["---\n'@bursar/core': minor\n---\n\nNot a major one.\n", false],
  ["---\n'@bursar/core': minor\n---\n\n'@bursar/core': major\n", false],
  ['A page without front matter.\n', false],
])('%j announces a major release: %s', (changeset, expected) => {
  expect(announcesMajor(changeset)).toBe(expected)
})
