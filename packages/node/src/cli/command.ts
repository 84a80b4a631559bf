import type { Terminal } from './terminal.ts'

/** One option of a command, as `parseArgs` of node:util takes it, with its line of help. */
export interface CommandOption {
  /** A flag, or something with a value. */
  readonly type: 'boolean' | 'string'
  /** May it be given several times? @default false */
  readonly multiple?: boolean
  /** What stands for the value in the help. */
  readonly value?: string
  /** Its line of help. */
  readonly help: string
}

/** What a command was called with. */
export interface CommandInput {
  /** A text option's value, or undefined. */
  text(name: string): string | undefined
  /** A repeated option's values. */
  texts(name: string): readonly string[]
  /** Was a flag given? */
  has(name: string): boolean
  /** What follows the options. */
  readonly positionals: readonly string[]
}

/** A command of the command line. */
export interface Command {
  /** The word that calls it. */
  readonly name: string
  /** One line for the list of commands. */
  readonly summary: string
  /** What it takes besides options, such as `FILE`; empty if nothing. */
  readonly operands: string
  /** Its options, besides `--help`. */
  readonly options: Readonly<Record<string, CommandOption>>
  /** May it make the file of a shop that is not there? @default false */
  readonly makesShop?: boolean
  /** Does it; answers the exit code. @throws Error whose message tells what to do */
  run(input: CommandInput, terminal: Terminal): Promise<number>
}

/** Wrong use of a command: its message goes to the terminal with the way to the help, and the exit code is 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
}
