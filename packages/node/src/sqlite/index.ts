export { rowOfId } from './row-of-id.ts'
export { type SqliteStorageOptions, sqliteStorage } from './sqlite-storage.ts'
