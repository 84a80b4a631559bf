import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

const PACKAGE = join(import.meta.dirname, '..', '..')
/** The command's source. */
export const CLI = join(PACKAGE, 'src', 'cli.ts')

/** A configuration on SQLite with a site `main` that `bursar serve` sets up: one price list `list`, in euros. */
export const CONFIG = `
import { defineConfig } from '@bursar/node'
import { sqliteStorage } from '@bursar/node/sqlite'

const file: string = process.env.SHOP ?? ''

export default defineConfig({
  storage: sqliteStorage({ file }),
  site: 'main',
  setup: async (commerce) => {
    await commerce.install({
      operator: { id: 'opr_test', name: 'Test' },
      seller: {
        id: 'seller',
        legalName: 'Test Press',
        country: 'DE',
        currency: 'EUR',
      },
      site: {
        id: 'main',
        name: 'Main',
        hosts: ['127.0.0.1'],
        origins: [],
        returnUrls: [],
        currencies: ['EUR'],
        locales: ['en'],
        timeZone: 'UTC',
        country: 'DE',
      },
    })
    const { admin } = commerce.as({ type: 'system', site: 'main' })
    if ((await admin.priceLists.list({})).items.length > 0) return
    await admin.priceLists.create({ id: 'list', name: 'List prices', currency: 'EUR' })
    await admin.sites.update({ id: 'main', priceLists: ['list'] })
  },
})
`

const children: ChildProcess[] = []
const folders: string[] = []

/** Ends the processes and removes the folders of a test. */
export async function endCommandLines(): Promise<void> {
  for (const child of children.splice(0)) {
    if (child.exitCode === null && child.signalCode === null) {
      child.kill('SIGKILL')
      await once(child, 'exit')
    }
  }
  for (const folder of folders.splice(0)) await rm(folder, { recursive: true })
}

/** A folder in the package, so that its configuration finds the package by its name. */
export async function folderWith(files: Record<string, string>): Promise<string> {
  await mkdir(join(PACKAGE, '.bursar'), { recursive: true })
  const folder = await mkdtemp(join(PACKAGE, '.bursar', 'cli-'))
  folders.push(folder)
  for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text)
  return folder
}

/** A command line that was started. */
export interface CommandLineRun {
  readonly child: ChildProcess
  /** What it has written so far, to both of its outputs. */
  output(): string
  /** Its exit code, or null when it was killed. */
  readonly ended: Promise<number | null>
}

/** Starts the command line as an operator does, from the sources. */
export function startCommandLine(
  cwd: string,
  args: readonly string[],
  variables: Readonly<Record<string, string>> = {},
  stdout: number | 'pipe' = 'pipe',
): CommandLineRun {
  const environment = { ...process.env, ...variables, SHOP: join(cwd, 'shop.sqlite'), PORT: '', NODE_OPTIONS: '' }
  const options = ['--conditions=source', '--disable-warning=ExperimentalWarning', CLI, ...args]
  const child = spawn(process.execPath, options, { cwd, env: environment, stdio: ['ignore', stdout, 'pipe'] })
  children.push(child)
  const pieces: string[] = []
  child.stdout?.on('data', (piece: Buffer) => void pieces.push(piece.toString()))
  child.stderr?.on('data', (piece: Buffer) => void pieces.push(piece.toString()))
  const ended = once(child, 'close').then(() => child.exitCode)
  return { child, output: () => pieces.join(''), ended }
}
