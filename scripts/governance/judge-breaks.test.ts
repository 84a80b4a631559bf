import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { judgeBreaks } from './judge-breaks.ts'

const root = { path: '' }
beforeEach(() => {
  root.path = mkdtempSync(join(tmpdir(), 'bursar-breaks-'))
  mkdirSync(join(root.path, '.changeset'))
  mkdirSync(join(root.path, 'packages', 'core'), { recursive: true })
})
afterEach(() => rmSync(root.path, { recursive: true }))

const judge = (version: string, changeset: string, breaks = ['carts.get is gone']) => {
  writeFileSync(join(root.path, 'packages', 'core', 'package.json'), JSON.stringify({ version }))
  writeFileSync(join(root.path, '.changeset', 'a.md'), changeset)
  return judgeBreaks(breaks, { root: root.path })
}
const minor = "---\n'@bursar/core': minor\n---\n\nMore.\n"
const major = "---\n'@bursar/core': major\n---\n\nOther.\n"

test('no break needs no changeset', () => {
  expect(judge('1.0.0', minor, [])).toEqual({ ok: true, lines: ['No break since the last release.'] })
})

test('a break that nothing announces fails, is named, and the way out is told', () => {
  const { ok, lines } = judge('1.0.0', minor)
  expect(ok).toBe(false)
  expect(lines).toEqual(['carts.get is gone', expect.stringContaining('add a `major` changeset')])
  expect(judge('0.3.0', minor).lines.at(-1)).toContain('`minor` changeset with a line that begins with `Break:`')
})

test('an announced break passes, and is still named', () => {
  expect(judge('1.0.0', major)).toMatchObject({ ok: true, lines: ['carts.get is gone', expect.any(String)] })
  expect(judge('0.3.0', `${minor}\nBreak: carts.get.\n`).ok).toBe(true)
  expect(judge('1.0.0', `${minor}\nBreak: carts.get.\n`).ok).toBe(false)
})
