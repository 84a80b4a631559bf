// `npm test`: installs what is needed and runs everything that CI runs. Needs Node 20 or newer and npm.
// `--large` (or BURSAR_LARGE=1) runs the tests in their larger sizes; `--only <part of a name>` runs some checks only.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { listChecks, missingInput } from './run/checks.mjs'
import { ensureInstalled } from './run/install.mjs'
import { runChecks } from './run/run-checks.mjs'
import { root, toolEnvironment } from './run/workspace.mjs'

const heavyAtOnce = 2
const tailLines = 60
const say = (line) => console.log(line)

const main = async () => {
  ensureInstalled(say)
  const folder = mkdtempSync(join(tmpdir(), 'bursar-test-'))
  try {
    const listed = chosen(listChecks(folder))
    for (const check of listed.filter(missingInput)) say(`not yet: ${check.name} (there is no ${missingInput(check)})`)
    const checks = listed.filter((check) => !missingInput(check))
    say(`Running ${checks.length} checks, ${heavyAtOnce} heavy ones at a time.`)
    const outcomes = await runChecks(checks, {
      limit: heavyAtOnce,
      cwd: root,
      environment: testEnvironment(),
      onEnd: report,
    })
    return conclude(outcomes)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

const chosen = (checks) => {
  const at = process.argv.indexOf('--only')
  if (at < 0) return checks
  const wanted = checks.filter(({ name }) => name.includes(process.argv[at + 1] ?? ''))
  const needed = wanted.flatMap(({ needs }) => needs ?? [])
  return checks.filter((check) => wanted.includes(check) || needed.includes(check.name))
}

const testEnvironment = () => {
  const isLarge = process.argv.includes('--large') || process.env.BURSAR_LARGE === '1'
  return {
    ...toolEnvironment(),
    CI: 'true',
    NO_COLOR: '1',
    FORCE_COLOR: '0',
    ...(isLarge ? { BURSAR_LARGE: '1' } : {}),
  }
}

const report = ({ name, ok, seconds, passed, failed, output }) => {
  const count = passed + failed > 0 ? `, ${passed} tests passed, ${failed} failed` : ''
  say(`${ok ? 'ok    ' : 'FAILED'}  ${name} (${seconds.toFixed(1)} s${count})`)
  if (!ok)
    say(
      output
        .trimEnd()
        .split('\n')
        .slice(-tailLines)
        .map((line) => `        ${line}`)
        .join('\n'),
    )
}

const conclude = (outcomes) => {
  const passed = outcomes.filter(({ ok }) => ok).length + sum(outcomes.map((outcome) => outcome.passed))
  const failed = outcomes.filter(({ ok }) => !ok).length + sum(outcomes.map((outcome) => outcome.failed))
  say(`${passed} passed, ${failed} failed`)
  return failed === 0 && passed > 0 ? 0 : 1
}

const sum = (numbers) => numbers.reduce((total, number) => total + number, 0)

try {
  process.exitCode = await main()
} catch (error) {
  console.error(error.message)
  say('0 passed, 1 failed')
  process.exitCode = 1
}
