import { randomBytes } from 'node:crypto'
import { inject } from 'vitest'
import { type PostgresStorage, type PostgresStorageOptions, postgresStorage } from '../postgres/index.ts'
import { askPostgres } from './ask-postgres.ts'
import './postgres-setup.ts'

/** What the names of all of them match. */
export const TEST_SCHEMAS = 'test_[0-9a-f]{12}'

/** A schema of one test. */
export interface TestSchema {
  readonly url: string
  readonly schema: string
  /** A storage on it, as a process of its own would have. */
  open(options?: Partial<PostgresStorageOptions>): PostgresStorage
  /** Asks the server directly. */
  query(text: string): Promise<Record<string, unknown>[]>
  /** Closes what was opened and removes the schema. */
  end(): Promise<void>
}

/** Makes a schema with a name that nothing else has. */
export function testSchema(): TestSchema {
  const url = inject('postgresUrl')
  const schema = `test_${randomBytes(6).toString('hex')}`
  const opened: PostgresStorage[] = []

  const query = (text: string) => askPostgres(url, text)

  return {
    url,
    schema,
    query,
    open(options) {
      const storage = postgresStorage({ url, schema, maxConnections: 8, ...options })
      opened.push(storage)
      return storage
    },
    async end() {
      await Promise.all(opened.map((storage) => storage.close()))
      await query(`drop schema if exists ${schema} cascade`)
    },
  }
}
