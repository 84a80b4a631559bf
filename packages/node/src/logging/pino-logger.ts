import { type Logger, systemRuntime } from '@bursar/core'
import { pino } from 'pino'
import { redactFields } from './redact-fields.ts'
import { redactCards, redactText } from './redact-text.ts'
import { standardOutput } from './standard-output.ts'

/** Where a {@link pinoLogger} writes, and how much. */
export interface PinoLoggerOptions {
  /** The least that is written. @default 'info' */
  level?: 'info' | 'warn' | 'error' | 'silent' | undefined
  /** Takes whole lines. @default standard output, at the end of each turn of the event loop */
  destination?: { write(line: string): void } | undefined
  /** Fields of every line, such as the service's name. @default none */
  fields?: Readonly<Record<string, string>> | undefined
}

/**
 * A logger that writes one JSON object per line: `{"level":"info","time":"…","msg":"request",…}`.
 * Authorization, cookies, tokens, codes, e-mail addresses and the like are not written, and a last filter takes what looks
 * like a card number out of the finished line, wherever it stands.
 */
export function pinoLogger(options: PinoLoggerOptions = {}): Logger {
  const { now } = systemRuntime()
  const settings = {
    level: options.level ?? 'info',
    base: options.fields ?? {},
    timestamp: () => `,"time":"${now()}"`,
    formatters: { level: (label: string) => ({ level: label }) },
    hooks: { streamWrite: redactCards },
  }
  const log = pino(settings, options.destination ?? standardOutput())
  return {
    info: (message, fields = {}) => log.info(redactFields(fields), redactText(message)),
    warn: (message, fields = {}) => log.warn(redactFields(fields), redactText(message)),
    error: (message, fields = {}) => log.error(redactFields(fields), redactText(message)),
  }
}
