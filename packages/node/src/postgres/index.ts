export type { Traffic } from './database.ts'
export { type PostgresStorage, type PostgresStorageOptions, postgresStorage } from './postgres-storage.ts'
