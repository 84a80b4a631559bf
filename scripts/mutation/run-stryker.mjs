import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { root, toolEnvironment } from '../run/workspace.mjs'
import { core } from './sources.mjs'

/**
 * Breaks sources (or lines of them: `src/money/rate.ts:12-14`) that have the same tests, and answers Stryker's report by source; null when `milliseconds` did not
 * suffice. Throws with what Stryker said when it could not run, as it can't when a test fails before anything is broken.
 */
export const runStryker = async ({ mutate, tests, runs, milliseconds }) => {
  const folder = mkdtempSync(join(tmpdir(), 'bursar-mutants-'))
  // Four above its sandbox must be the workspace's folder, where Stryker looks for the base of tsconfig.json.
  const sandboxes = join(root, '.mutants', String(process.pid))
  try {
    const config = join(folder, 'stryker.config.mjs')
    const report = join(folder, 'report.json')
    const base = JSON.stringify(new URL('../../packages/core/stryker.config.mjs', import.meta.url).href)
    const own = { mutate, tempDirName: join(sandboxes, 'core'), jsonReporter: { fileName: report } }
    writeFileSync(config, `import base from ${base}\nexport default { ...base, ...${JSON.stringify(own)} }\n`)
    const environment = { ...toolEnvironment(), BURSAR_TESTS: tests.join(','), BURSAR_RUNS: String(runs) }
    const ended = await run([join(core, 'node_modules', '.bin', 'stryker'), 'run', config], environment, milliseconds)
    if (ended === null) return null
    if (ended.code !== 0) throw new Error(`Stryker could not break ${mutate.join(', ')}.\n${ended.output}`)
    return JSON.parse(readFileSync(report, 'utf8')).files
  } finally {
    for (const made of [folder, sandboxes]) rmSync(made, { recursive: true, force: true })
  }
}

/** A process group of its own, for Stryker starts others, and they must end with it. */
const run = ([command, ...parts], env, milliseconds) =>
  new Promise((resolve) => {
    const chunks = []
    const child = spawn(command, parts, { cwd: core, env, stdio: ['ignore', 'pipe', 'pipe'], detached: true })
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => chunks.push(chunk))
    let isLate = false
    const timer = setTimeout(() => {
      isLate = true
      process.kill(-child.pid, 'SIGKILL')
    }, milliseconds)
    child.on('close', (code) => {
      clearTimeout(timer)
      resolve(isLate ? null : { code, output: Buffer.concat(chunks).toString('utf8') })
    })
  })
