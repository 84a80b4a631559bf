import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { availableParallelism } from 'node:os'
import { fileURLToPath } from 'node:url'
import { optionsOf } from '../options.ts'
import type { Part, PartReport } from './part.ts'

/**
 * Runs the simulation of docs/simulation.md over many seeds, on as many cores as there are: small schedules of three buyers
 * and two processes, then large ones of 5 to 50 buyers and four. Prints each finding with its seed; ends with 1 if there is one.
 */
const options = optionsOf({
  small: { type: 'string', default: '10000' },
  large: { type: 'string', default: '200' },
  first: { type: 'string', default: '1' },
  cores: { type: 'string', default: String(availableParallelism()) },
})
const cores = Number(options.cores)
const began = performance.now()
const kinds = [
  { name: 'small', seeds: Number(options.small) },
  { name: 'large', seeds: Number(options.large) },
] as const

// Nobody reads where the errors of a storm were made: a finding has its seed, by which a test repeats it.
const execArgv = [...process.execArgv, '--stack-trace-limit=0']
const children = Array.from({ length: cores }, () =>
  fork(fileURLToPath(new URL('part.ts', import.meta.url)), { execArgv }),
)
let findings = 0
for (const { name, seeds } of kinds) {
  const started = performance.now()
  const parts = await Promise.all(
    children.map((child, core) => run(child, { kind: name, seeds, first: Number(options.first), core, cores })),
  )
  const sum = (of: (part: PartReport) => number) => parts.reduce((all, part) => all + of(part), 0)
  for (const finding of parts.flatMap((part) => part.findings)) console.log(finding)
  findings += sum((part) => part.findings.length)
  console.log(
    `${sum((part) => part.seeds)} ${name} schedules on ${cores} cores in ${((performance.now() - started) / 1000).toFixed(1)} s ` +
      `(${(sum((part) => part.cpu) / 1000).toFixed(1)} s of processor): ${sum((part) => part.turns)} turns, ` +
      `${sum((part) => part.orders)} orders, ${sum((part) => part.crashes)} crashes, ${sum((part) => part.findings.length)} findings`,
  )
}
for (const child of children) child.disconnect()
console.log(`all in ${((performance.now() - began) / 1000).toFixed(1)} s; ${findings} findings`)
process.exitCode = findings === 0 ? 0 : 1

async function run(child: ChildProcess, part: Part): Promise<PartReport> {
  child.send(part)
  const [report] = (await once(child, 'message')) as [PartReport]
  return report
}
