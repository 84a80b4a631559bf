import type { Command, CommandOption } from './command.ts'

/** What `bursar --help` says. */
export function overview(commands: readonly Command[]): string {
  const width = Math.max(...commands.map(({ name }) => name.length))
  const lines = commands.map(({ name, summary }) => `  ${name.padEnd(width)} ${summary}`)
  return `${['Usage: bursar <command> [options]', '', ...lines, '', 'bursar <command> --help tells more.'].join('\n')}\n`
}

/** What `bursar <command> --help` says. */
export function commandHelp({ name, summary, operands, options }: Command): string {
  const usage = ['Usage: bursar', name, operands, '[options]'].filter((word) => word !== '').join(' ')
  const rows = Object.entries(options).map(([option, entry]) => [spelled(option, entry), entry.help] as const)
  const all = [...rows, ['--help', 'Shows this.'] as const]
  const width = Math.max(...all.map(([option]) => option.length))
  const lines = all.map(([option, help]) => `  ${option.padEnd(width)}  ${help}`)
  return `${[usage, '', summary, '', ...lines].join('\n')}\n`
}

const spelled = (option: string, { value }: CommandOption): string =>
  `--${option}${value === undefined ? '' : ` ${value}`}`
