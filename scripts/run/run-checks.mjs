import { spawn } from 'node:child_process'

/**
 * Runs the checks side by side, at most `limit` heavy ones and one light one at a time, each after those that it
 * `needs`. Calls `onEnd` with each outcome as it ends, and answers them all.
 */
export const runChecks = async (checks, { limit, environment, cwd, onEnd }) => {
  const waiting = [...checks]
  const running = new Map()
  const outcomes = new Map()
  const end = (check, outcome) => {
    running.delete(check)
    outcomes.set(check.name, outcome)
    onEnd(outcome)
  }
  while (waiting.length > 0 || running.size > 0) {
    const next = waiting.findIndex((check) => canStart(check, [...running.keys()], outcomes, limit))
    if (next >= 0) {
      const [check] = waiting.splice(next, 1)
      running.set(check, startCheck(check, outcomes, { environment, cwd }))
    } else if (running.size > 0) {
      const [check, outcome] = await Promise.race(running.values())
      end(check, outcome)
    } else {
      throw new Error(`These checks wait for each other: ${waiting.map(({ name }) => name).join(', ')}`)
    }
  }
  return [...outcomes.values()]
}

const canStart = (check, running, outcomes, limit) => {
  if (!(check.needs ?? []).every((name) => outcomes.has(name))) return false
  const sameWeight = running.filter(({ light }) => Boolean(light) === Boolean(check.light))
  return sameWeight.length < (check.light ? 1 : limit)
}

const startCheck = async (check, outcomes, context) => {
  const missing = (check.needs ?? []).find((name) => !outcomes.get(name).ok)
  if (missing) return [check, failure(check, `It needs the check "${missing}", which failed.`)]
  const started = Date.now()
  const { code, output } = await run(check.command, context)
  const outcome = { name: check.name, ok: code === 0, output, passed: 0, failed: 0 }
  const judged = check.judge ? check.judge(outcome) : outcome
  return [check, { ...judged, seconds: (Date.now() - started) / 1000 }]
}

const failure = ({ name }, output) => ({ name, ok: false, output, passed: 0, failed: 0, seconds: 0 })

const run = ([command, ...parts], { environment, cwd }) =>
  new Promise((resolve) => {
    const chunks = []
    const child = spawn(command, parts, {
      cwd,
      env: environment,
      stdio: ['ignore', 'pipe', 'pipe'],
      shell: process.platform === 'win32',
    })
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => chunks.push(chunk))
    const output = () => Buffer.concat(chunks).toString('utf8')
    child.on('error', (error) => resolve({ code: 1, output: `${output()}\n${error.message}` }))
    child.on('close', (code) => resolve({ code: code ?? 1, output: output() }))
  })
