import type { JsonObject } from '../json/index.ts'

/** Where core writes what an operator should know. Fields hold ids and codes, never personal data or secrets. */
export interface Logger {
  /** Something worth knowing. */
  info(message: string, fields?: JsonObject): void
  /** Something that an operator should look at. */
  warn(message: string, fields?: JsonObject): void
  /** Something that went wrong and was not expected. */
  error(message: string, fields?: JsonObject): void
}

/** A logger that writes nothing. */
export const silentLogger: Logger = { info: () => {}, warn: () => {}, error: () => {} }
