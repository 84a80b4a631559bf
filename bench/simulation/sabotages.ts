import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync, writeFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { fileURLToPath } from 'node:url'
import { sabotages } from '@bursar/core/testing'
import { optionsOf } from '../options.ts'
import type { SabotagePart, SabotageReport } from './sabotages-part.ts'

/**
 * Writes the table of docs/simulation.md: for each shop that is broken on purpose the first seed that finds it, and how many of
 * so many seeds do. On as many cores as there are. Ends with 1 if one is not found.
 */
const options = optionsOf({
  seeds: { type: 'string', default: '100' },
  cores: { type: 'string', default: String(availableParallelism()) },
})
const seeds = Number(options.seeds)
const cores = Number(options.cores)
const PAGE = fileURLToPath(new URL('../../docs/simulation.md', import.meta.url))
const TABLE = /(<!-- sabotages -->)[\s\S]*(<!-- \/sabotages -->)/

const children = Array.from({ length: cores }, () =>
  fork(fileURLToPath(new URL('sabotages-part.ts', import.meta.url)), {
    execArgv: [...process.execArgv, '--stack-trace-limit=0'],
  }),
)
const rows: { name: string; found: SabotageReport }[] = []
for (const [sabotage, { name }] of sabotages.entries()) {
  const parts = await Promise.all(children.map((child, core) => run(child, { sabotage, seeds, core, cores })))
  const found = parts.flat().sort((a, b) => a - b)
  console.log(`${name}: ${found.length} of ${seeds} seeds, the first ${found[0] ?? 'none'}`)
  rows.push({ name, found })
}
for (const child of children) child.disconnect()

const table = [
  `| Broken on purpose | First seed | Of ${seeds} seeds |`,
  '| --- | --- | --- |',
  ...rows.map(({ name, found }) => `| ${name} | ${found[0] ?? 'none'} | ${found.length} |`),
]
const text = [`Made ${new Date().toISOString().slice(0, 10)}, six buyers and two processes:`, '', ...table].join('\n')
writeFileSync(
  PAGE,
  readFileSync(PAGE, 'utf8').replace(TABLE, (_, begin, end) => `${begin}\n\n${text}\n\n${end}`),
)
process.exitCode = rows.every(({ found }) => found.length > 0) ? 0 : 1

async function run(child: ChildProcess, part: SabotagePart): Promise<SabotageReport> {
  child.send(part)
  const [report] = (await once(child, 'message')) as [SabotageReport]
  return report
}
