export type { Snapshot } from '../snapshot.ts'
export { type PrefetchInput, prefetch } from './prefetch.ts'
