import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { runChecks } from './run-checks.mjs'
import { judgeVitestReport } from './vitest-report.mjs'

const program = (code: string): string[] => [process.execPath, '--eval', code]
const context = { limit: 2, environment: process.env, cwd: import.meta.dirname }

let folder = ''
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'bursar-checks-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const outcomesOf = async (checks: object[]) => {
  const ended: string[] = []
  const outcomes = await runChecks(checks, { ...context, onEnd: ({ name }: { name: string }) => ended.push(name) })
  return { ended, outcomes: new Map(outcomes.map((outcome) => [outcome.name, outcome])) }
}

test('a check that exits with 0 passes, any other fails with what it printed', async () => {
  const { outcomes } = await outcomesOf([
    { name: 'good', command: program("console.log('fine')") },
    { name: 'bad', command: program("console.error('broken'); process.exit(3)") },
    { name: 'absent', command: ['no-such-command-anywhere'] },
  ])
  expect(outcomes.get('good')).toMatchObject({ ok: true, output: 'fine\n' })
  expect(outcomes.get('bad')).toMatchObject({ ok: false, output: 'broken\n' })
  expect(outcomes.get('absent')).toMatchObject({ ok: false })
})

test('a check waits for what it needs, and fails with it', async () => {
  const { ended, outcomes } = await outcomesOf([
    { name: 'second', needs: ['first'], command: program('') },
    { name: 'first', command: program('setTimeout(() => undefined, 100)') },
    { name: 'third', needs: ['broken'], command: program('') },
    { name: 'broken', command: program('process.exit(1)') },
  ])
  expect(ended.indexOf('first')).toBeLessThan(ended.indexOf('second'))
  expect(outcomes.get('second')).toMatchObject({ ok: true })
  expect(outcomes.get('third')).toMatchObject({ ok: false, output: expect.stringContaining('broken') })
})

const reports: [what: string, report: object | undefined, exit: boolean, ok: boolean][] = [
  ['tests that passed', { numPassedTests: 2, numFailedTests: 0, numPendingTests: 0, numTodoTests: 0 }, true, true],
  ['a failed test', { numPassedTests: 2, numFailedTests: 1, numPendingTests: 0, numTodoTests: 0 }, true, false],
  ['no test', { numPassedTests: 0, numFailedTests: 0, numPendingTests: 0, numTodoTests: 0 }, true, false],
  ['a skipped test', { numPassedTests: 2, numFailedTests: 0, numPendingTests: 1, numTodoTests: 0 }, true, false],
  ['a todo', { numPassedTests: 2, numFailedTests: 0, numPendingTests: 0, numTodoTests: 1 }, true, false],
  [
    'a file that could not be loaded',
    { numPassedTests: 2, numFailedTests: 0, numPendingTests: 0, numTodoTests: 0 },
    false,
    false,
  ],
  ['no report', undefined, true, false],
]

test.each(reports)('%s', (_what, report, exit, ok) => {
  const file = join(folder, 'report.json')
  rmSync(file, { force: true })
  if (report) writeFileSync(file, JSON.stringify(report))
  expect(judgeVitestReport({ name: 'tests', ok: exit, output: '', passed: 0, failed: 0 }, file).ok).toBe(ok)
})
