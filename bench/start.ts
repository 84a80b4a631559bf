import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

/** How long the built `bursar serve` takes, on a SQLite file that is there, until it has answered a request. */
const TIMES = 5
const CLI = fileURLToPath(new URL('../packages/node/dist/cli.js', import.meta.url))
const SQLITE = fileURLToPath(new URL('../packages/node/dist/sqlite.js', import.meta.url))
/** Linux counts processor time in hundredths of a second. */
const TICK_MS = 10

const folder = mkdtempSync(join(tmpdir(), 'bursar-start-'))
const config = join(folder, 'bursar.config.mjs')
writeFileSync(
  config,
  `import { sqliteStorage } from ${JSON.stringify(SQLITE)}
  export default { storage: sqliteStorage({ file: ${JSON.stringify(join(folder, 'shop.sqlite'))} }) }`,
)
const rows: Awaited<ReturnType<typeof start>>[] = []
for (let time = 0; time <= TIMES; time += 1) rows.push(await start())
// The first makes the file.
console.table(rows.slice(1))
console.log(`load of the machine ${loadavg()[0]?.toFixed(1)}`)
rmSync(folder, { recursive: true })

async function start() {
  const began = performance.now()
  const child = spawn(process.execPath, [CLI, 'serve', '--config', config, '--port', '0'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let url: string | undefined
  for await (const line of createInterface(child.stdout)) {
    url = /http:\S+/.exec(line)?.[0]
    if (url !== undefined) break
  }
  const answer = await fetch(`${url}/v1/site`)
  await answer.text()
  const answered = performance.now() - began
  const { processor, resident } = usageOf(child.pid ?? 0)
  child.kill('SIGTERM')
  await once(child, 'exit')
  return { 'first answer, ms': Math.round(answered), 'processor, ms': processor, 'resident, MiB': resident }
}

/** @see https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html */
function usageOf(pid: number): { processor: number; resident: number } {
  const [, fields = ''] = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')
  const at = fields.split(' ')
  const [user, system] = [Number(at[11]), Number(at[12])]
  const kibibytes = Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1])
  return { processor: (user + system) * TICK_MS, resident: Math.round(kibibytes / 1024) }
}
