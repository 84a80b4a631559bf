import { issueUnless } from '../errors/index.ts'
import { sites } from '../site/index.ts'
import { byId, type NamedRecord, type NewRecord, present, type RecordKind } from '../storage/index.ts'
import { isWindow } from '../time/index.ts'
import type { CodeBatch } from './code-batch.ts'
import { ALL_SITES } from './code-kind.ts'
import { codeBatches, promotions } from './promotion.collection.ts'

/** A batch to be made. */
export type NewCodeBatch = NewRecord<
  Omit<CodeBatch, 'minted' | 'status' | 'createdAt'>,
  'site' | 'prefix' | 'length' | 'uses' | 'from' | 'until'
>

/** Twelve characters carry 58 bits: of 100,000 live codes one is hit in 4 million million guesses. */
const USUAL_LENGTH = 12

/** How batches are made and checked. Unless said otherwise their codes are valid once, on the site of the call. */
export const codeBatchKind: RecordKind<CodeBatch, NewCodeBatch> = {
  collection: codeBatches,
  changesPrices: true,
  uniqueMembers: {},
  listed: () => ({ index: 'id' }),
  id: (_input, runtime) => runtime.newId('cbt'),
  complete: (input, id, call) => ({
    ...{ site: call.scope.site, prefix: '', length: USUAL_LENGTH, uses: 1, from: null, until: null },
    ...present(input),
    ...{ id, minted: 0, status: 'active' as const, createdAt: call.now },
  }),
  normalise: (batch) => ({ ...batch, prefix: batch.prefix.toUpperCase() }),
  names: (batch): NamedRecord[] => [
    { path: 'promotionId', ref: byId(promotions, batch.promotionId) },
    ...(batch.site === ALL_SITES ? [] : [{ path: 'site', ref: byId(sites, batch.site) }]),
  ],
  check: (batch) => issueUnless(isWindow(batch.from, batch.until), 'until', 'must be later than `from`'),
}
