// By their own file: the index of the hooks is of client components.
export { productOptions, productsOptions, quoteOptions, type ReadFrom, siteOptions } from '../query/query-options.ts'
export type { Snapshot } from '../snapshot.ts'
export { type PrefetchInput, prefetch } from './prefetch.ts'
