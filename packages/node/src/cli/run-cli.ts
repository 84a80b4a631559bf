import { parseArgs } from 'node:util'
import { isBursarError } from '@bursar/core'
import { NewerStorageError } from '@bursar/core/storage-adapter'
import { withNoNewFile } from '../sqlite/no-new-file.ts'
import { applyCommand } from './apply-command.ts'
import { codesCommand } from './codes-command.ts'
import { type Command, type CommandInput, UsageError } from './command.ts'
import { doctorCommand } from './doctor-command.ts'
import { explainCommand } from './explain-command.ts'
import { commandHelp, overview } from './help.ts'
import { importCommand } from './import-command.ts'
import { migrateCommand } from './migrate-command.ts'
import { promotionsCommand } from './promotions-command.ts'
import { serveCommand } from './serve-command.ts'
import type { Terminal } from './terminal.ts'

const COMMANDS: readonly Command[] = [
  serveCommand,
  migrateCommand,
  doctorCommand,
  importCommand,
  applyCommand,
  explainCommand,
  codesCommand,
  promotionsCommand,
]

/** Runs the command line; answers the exit code: 0 done, 1 failed, 2 used wrongly. */
export async function runCli(args: readonly string[], terminal: Terminal): Promise<number> {
  const [name, ...rest] = args
  if (name === undefined || name === '--help' || name === '-h' || name === 'help') {
    terminal.write(overview(COMMANDS))
    return name === undefined ? 2 : 0
  }
  const command = COMMANDS.find((known) => known.name === name)
  if (command === undefined) {
    terminal.complain(`bursar: there is no command "${name}".\n\n${overview(COMMANDS)}`)
    return 2
  }
  try {
    return await run(command, rest, terminal)
  } catch (error) {
    return explain(command, error, terminal)
  }
}

async function run(command: Command, args: readonly string[], terminal: Terminal): Promise<number> {
  const input = readInput(command, args)
  if (!input.has('help')) {
    const done = () => command.run(input, terminal)
    return command.makesShop ? done() : withNoNewFile(done)
  }
  terminal.write(commandHelp(command))
  return 0
}

function readInput(command: Command, args: readonly string[]): CommandInput {
  const { values, positionals } = parse(command, args)
  const text = (name: string): string | undefined => {
    const value = values[name]
    return typeof value === 'string' ? value : undefined
  }
  const texts = (name: string): readonly string[] => {
    const value = values[name]
    return Array.isArray(value) ? value.filter((one) => typeof one === 'string') : []
  }
  return { text, texts, has: (name) => values[name] === true, positionals }
}

function parse(
  command: Command,
  args: readonly string[],
): Pick<ReturnType<typeof parseArgs>, 'values' | 'positionals'> {
  const options = Object.entries({ ...command.options, help: { type: 'boolean' as const, help: '' } }).map(
    ([name, { type, ...rest }]) => [name, { type, multiple: 'multiple' in rest && rest.multiple === true }] as const,
  )
  try {
    return parseArgs({
      args: [...args],
      options: Object.fromEntries(options),
      allowPositionals: command.operands !== '',
      strict: true,
    })
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error), { cause: error })
  }
}

/** What the operator can act on; where that is not known, all there is. */
function explain(command: Command, error: unknown, terminal: Terminal): number {
  if (error instanceof UsageError) {
    terminal.complain(`bursar ${command.name}: ${error.message}\nbursar ${command.name} --help shows what it takes.\n`)
    return 2
  }
  const message = error instanceof Error ? error.message : String(error)
  terminal.complain(`bursar ${command.name}: ${message}\n`)
  if (isBursarError(error)) {
    for (const { path, message: issue } of error.issues) terminal.complain(`  ${path}: ${issue}\n`)
  }
  const isBug = (error instanceof TypeError && !(error instanceof NewerStorageError)) || error instanceof ReferenceError
  if (isBug || terminal.environment.BURSAR_DEBUG !== undefined) terminal.complain(`${stackOf(error)}\n`)
  return 1
}

const stackOf = (error: unknown): string => (error instanceof Error ? (error.stack ?? '') : '')
