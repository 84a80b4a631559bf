import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { announcesBreak, hasAnnouncedBreak } from './announces-break.ts'

const breaking = 'The cart is another.\n\nBreak: `carts.get` answers no `note`.\n'

test.each([
  ["---\n'@bursar/core': major\n---\n\nThe cart is another.\n", '1.2.0', true],
  ["---\n'@bursar/core': major\n---\n\nThe cart is another.\n", '0.2.0', true],
  ['---\n"@bursar/node": minor\n"@bursar/core": major\n---\n\nThe cart is another.\n', '1.2.0', true],
  ["---\n'@bursar/core': minor\n---\n\nNot a major one.\n", '1.2.0', false],
  ["---\n'@bursar/core': minor\n---\n\n'@bursar/core': major\n", '1.2.0', false],
  ['A page without front matter.\n', '0.2.0', false],
  [`---\n'@bursar/core': minor\n---\n\n${breaking}`, '0.2.0', true],
  [`---\n'@bursar/core': minor\n---\n\n${breaking}`, '1.2.0', false],
  [`---\n'@bursar/core': minor\n---\n\n${breaking}`, '10.2.0', false],
  [`---\n'@bursar/core': patch\n---\n\n${breaking}`, '0.2.0', false],
  ["---\n'@bursar/core': minor\n---\n\nThe cart is another.\n", '0.2.0', false],
  ["---\n'@bursar/core': minor\n---\n\nBreak:\n", '0.2.0', false],
])('%j at version %s announces a break: %s', (changeset, version, expected) => {
  expect(announcesBreak(changeset, version)).toBe(expected)
})

test('one changeset of a folder is enough, and the README is none', () => {
  const folder = mkdtempSync(join(tmpdir(), 'bursar-changesets-'))
  const major = "---\n'@bursar/core': major\n---\n\nThe cart is another.\n"
  writeFileSync(join(folder, 'README.md'), major)
  writeFileSync(join(folder, 'quiet.md'), "---\n'@bursar/core': minor\n---\n\nMore.\n")
  expect(hasAnnouncedBreak(folder, '1.0.0')).toBe(false)
  writeFileSync(join(folder, 'loud.md'), major)
  expect(hasAnnouncedBreak(folder, '1.0.0')).toBe(true)
  rmSync(folder, { recursive: true })
  expect(hasAnnouncedBreak(folder, '1.0.0')).toBe(false)
})
