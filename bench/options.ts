import { type ParseArgsOptionsConfig, parseArgs } from 'node:util'

/** A bench's options from the command line; the `--` that package managers pass on is passed over. */
export function optionsOf<const T extends ParseArgsOptionsConfig>(options: T) {
  return parseArgs({ options, args: process.argv.slice(2).filter((argument) => argument !== '--') }).values
}
