import type { JsonObject, Logger } from '@bursar/core'

/** One line of a log. */
export interface LogLine {
  level: 'info' | 'warn' | 'error'
  message: string
  fields: JsonObject
}

/** A logger that keeps its lines. */
export interface MemoryLogger extends Logger {
  readonly lines: LogLine[]
}

/** A logger for tests. */
export function memoryLogger(): MemoryLogger {
  const lines: LogLine[] = []
  const write =
    (level: LogLine['level']) =>
    (message: string, fields: JsonObject = {}): void => {
      lines.push({ level, message, fields })
    }
  return { lines, info: write('info'), warn: write('warn'), error: write('error') }
}
