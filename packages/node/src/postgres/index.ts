export type { Traffic } from './database.ts'
export { type PostgresRateLimitsOptions, postgresRateLimits } from './postgres-rate-limits.ts'
export { type PostgresStorage, type PostgresStorageOptions, postgresStorage } from './postgres-storage.ts'
