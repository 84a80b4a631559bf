import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { codeBlocks } from './code-blocks.ts'

const root = join(import.meta.dirname, '..', '..')
const folder = mkdtempSync(join(tmpdir(), 'bursar-docs-'))
afterAll(() => rmSync(folder, { recursive: true }))

/** Runs the first program of a page that has a text in it, beside the server kit, with its files in a folder of its own. */
const run = (page: string, holding: string): string => {
  const block = codeBlocks(readFileSync(join(root, page), 'utf8')).find(
    ({ language, text }) => language === 'ts' && text.includes(holding),
  )
  if (block === undefined) throw new Error(`${page} has no program with ${holding}.`)
  return runProgram(block.text.replaceAll(/'(\w+\.sqlite)'/g, (_, file: string) => JSON.stringify(join(folder, file))))
}

const runProgram = (program: string): string => {
  const { stdout, stderr, status } = spawnSync(
    process.execPath,
    ['--conditions=source', '--input-type=module-typescript', '--disable-warning=ExperimentalWarning'],
    { cwd: join(root, 'packages', 'node'), input: program, encoding: 'utf8' },
  )
  expect(`${status} ${stderr}`).toBe('0 ')
  return stdout.trim()
}

test('the program of the README sells a course', () => {
  expect(run('README.md', 'createCommerce')).toMatch(/^A-[0-9A-Z]{4}-[0-9A-Z]{4} placed paid$/)
})

test('the ten lines of getting started know their site', () => {
  expect(run('docs/getting-started.md', 'Acme Academy')).toBe('Acme Academy')
})

test('the shop of getting started is paid and delivers', () => {
  expect(run('docs/getting-started.md', 'tok_approve')).toBe('placed paid delivered')
})

test('the page on refunds asks what an order gives back', () => {
  expect(run('docs/refunds.md', 'refundOptions({ orderId')).toBe('1 all 4900 allowed')
})

/** Runs the suite in a file of the page on adapters, with the adapter in another one; answers a line per case. */
const runSuite = (...files: string[]): string[] => {
  const blocks = codeBlocks(readFileSync(join(root, 'docs/write-an-adapter.md'), 'utf8'))
  const runner = `const test = (name: string, run: () => Promise<void>) =>
    run().then(() => console.log('passed'), (error) => console.log('failed:', name, error.message))`
  const texts = files.map((name) => {
    const found = blocks.find(({ text }) => text.startsWith(`// ${name}\n`))
    if (found === undefined) throw new Error(`The page has no ${name}.`)
    return found.text
      .replace("import { test } from 'vitest'", runner)
      .replace(/^import type \{[^}]*\} from '[^']*'$/gm, '')
      .replace(/^import \{[^}]*\} from '[.][^']*'$/gm, '')
      .replace(/^console\.info.*$/gm, '')
  })
  return runProgram(texts.join('\n')).split('\n')
}

test.each([
  ['platform', ['campus.ts', 'campus-api.ts', 'campus.test.ts'], 26],
  ['processor', ['cards.ts', 'cards.test.ts'], 43],
  ['storage', ['my-storage.test.ts'], 79],
] as const)('the %s of the page on adapters keeps what its suites ask', (_kind, files, cases) => {
  const lines = runSuite(...files)
  expect(lines.filter((line) => line !== 'passed')).toEqual([])
  expect(lines.length).toBeGreaterThanOrEqual(cases)
})
