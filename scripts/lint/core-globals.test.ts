import { spawnSync } from 'node:child_process'
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'

const root = join(import.meta.dirname, '..', '..')
const planted: [where: string, code: string, refused: boolean][] = [
  ['packages/core/src/cart/a.ts', 'export const value = Math.random()', true],
  ['packages/core/src/cart/b.ts', 'const { random } = Math\nexport const value = random()', true],
  ['packages/core/src/cart/c.ts', 'export const value = Date.now()', true],
  ['packages/core/src/cart/d.ts', 'export const value = new Date()', true],
  ['packages/core/src/cart/e.ts', "export const value = new Date('2026-01-01')", true],
  ['packages/core/src/cart/f.ts', 'const Clock = Date\nexport const value = Clock.now()', true],
  ['packages/core/src/cart/g.ts', "export const value = fetch('https://example.org')", true],
  ['packages/core/src/cart/h.ts', 'export const value = setTimeout(() => undefined, 1)', true],
  ['packages/core/src/cart/i.ts', 'export const value = setInterval(() => undefined, 1)', true],
  ['packages/core/src/cart/j.ts', 'export const value = crypto.randomUUID()', true],
  ['packages/core/src/cart/k.ts', 'export const value = globalThis.crypto', true],
  ['packages/core/src/cart/l.ts', "import { readFileSync } from 'node:fs'\nexport const value = readFileSync", true],
  ['packages/core/src/cart/m.ts', 'export const value = process.version', true],
  ['packages/core/src/time/a.ts', 'export const value = new Date()', true],
  ['packages/core/src/time/b.ts', 'export const value = Date.now()', true],
  ['packages/core/src/time/c.ts', "export const value = new Date('2026-01-01').toISOString()", false],
  ['packages/core/src/cart/n.ts', 'export const value = (fetch: (url: string) => string): string => fetch("a")', false],
  ['packages/core/src/ports/system-runtime.ts', 'export const value = [Date.now(), new Date(), crypto, fetch]', false],
  ['packages/core/src/cart/o.test.ts', 'export const value = [Date.now(), new Date()]', false],
  ['packages/core/src/testing/a.ts', 'export const value = new Date()', false],
  ['packages/node/src/a.ts', 'export const value = Date.now()', false],
]
const rules = ['plugin', 'lint/style/noRestrictedGlobals', 'lint/correctness/noNodejsModules']
let folder = ''
let refusedFiles = new Set<string>()

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'bursar-lint-'))
  const write = (path: string, text: string): void => {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), text)
  }
  for (const file of ['biome.json', '.gitignore']) copyFileSync(join(root, file), join(folder, file))
  symlinkSync(join(root, 'scripts'), join(folder, 'scripts'))
  for (const [where, code] of planted) write(where, `${code}\n`)
  const biome = join(root, 'node_modules/.bin/biome')
  const { stdout } = spawnSync(biome, ['lint', '--reporter=json', '--max-diagnostics=none', 'packages'], {
    cwd: folder,
    encoding: 'utf8',
  })
  const report: { diagnostics: { category: string; location: { path: string } }[] } = JSON.parse(stdout)
  refusedFiles = new Set(
    report.diagnostics.filter(({ category }) => rules.includes(category)).map(({ location }) => location.path),
  )
})

afterAll(() => rmSync(folder, { recursive: true, force: true }))

test.each(planted)('in %s, %j is refused: %s', (where, _code, refused) => {
  expect(refusedFiles.has(where)).toBe(refused)
})
