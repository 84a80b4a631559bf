import { pino } from 'pino'

/** More than this is not kept for the end of a turn. */
const MOST_CHARACTERS = 16_000

let made: { write(line: string): void } | undefined

/**
 * Standard output for whole lines: those of one turn of the event loop are written at its end in one call, and what is
 * left when the process exits, also by an error, before it is gone. A killed process loses the lines of its last turn.
 */
export function standardOutput(): { write(line: string): void } {
  made ??= linesOfTurns()
  return made
}

function linesOfTurns(): { write(line: string): void } {
  const output = pino.destination({ dest: 1, sync: true })
  let waiting = ''
  // Not `flushSync`, which asks the disk to be done as well, in each turn.
  const flush = (): void => {
    if (waiting === '') return
    const lines = waiting
    waiting = ''
    output.write(lines)
  }
  process.on('exit', () => {
    flush()
    output.flushSync()
  })
  return {
    write(line) {
      if (waiting === '') setImmediate(flush)
      waiting += line
      if (waiting.length >= MOST_CHARACTERS) flush()
    },
  }
}
