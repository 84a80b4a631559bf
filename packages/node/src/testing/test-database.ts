import { randomBytes } from 'node:crypto'
import { inject } from 'vitest'
import { askPostgres } from './ask-postgres.ts'
import './postgres-setup.ts'

/** A database of one test, which no other looks at. */
export interface TestDatabase {
  readonly url: string
  /** Another one with all that is in this, which nobody may be connected to meanwhile. */
  copy(): Promise<TestDatabase>
  /** Removes it, and ends who is still connected. */
  end(): Promise<void>
}

/** Makes a database with a name that nothing else has. */
export function testDatabase(encoding = 'UTF8'): Promise<TestDatabase> {
  return database(`template0 encoding '${encoding}' locale 'C'`)
}

async function database(template: string): Promise<TestDatabase> {
  const name = `test_${randomBytes(6).toString('hex')}`
  await ask(`create database ${name} template ${template}`)
  const url = new URL(inject('postgresUrl'))
  url.pathname = `/${name}`
  return {
    url: String(url),
    copy: () => database(name),
    end: () => ask(`drop database if exists ${name} with (force)`),
  }
}

async function ask(text: string): Promise<void> {
  await askPostgres(inject('postgresUrl'), text)
}
