export { type PostgresStorage, type PostgresStorageOptions, postgresStorage } from './postgres-storage.ts'
