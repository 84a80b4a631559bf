import { writeSync } from 'node:fs'
import { systemRuntime } from '@bursar/core'
import { losingLines } from './losing-lines.ts'

/** More than this is not kept for the end of a turn. */
const MOST_CHARACTERS = 16_000

let made: { write(line: string): void } | undefined

/**
 * Standard output for whole lines: those of one turn of the event loop are written at its end in one call, and what is
 * left when the process exits, also by an error, before it is gone. A killed process loses the lines of its last turn, and
 * one whose output takes no more those that it cannot write.
 */
export function standardOutput(): { write(line: string): void } {
  made ??= linesOfTurns()
  return made
}

function linesOfTurns(): { write(line: string): void } {
  const { now } = systemRuntime()
  const writeLines = losingLines((bytes) => writeSync(1, bytes), now)
  let waiting = ''
  const flush = (): void => {
    if (waiting === '') return
    const lines = waiting
    waiting = ''
    writeLines(lines)
  }
  process.on('exit', flush)
  return {
    write(line) {
      if (waiting === '') setImmediate(flush)
      waiting += line
      if (waiting.length >= MOST_CHARACTERS) flush()
    },
  }
}
