import type { Collection } from '../ports/index.ts'
import type { CodeBatch } from './code-batch.ts'
import type { Code, Promotion } from './promotion.ts'

/** Promotions of an operator. */
export const promotions: Collection<Promotion> = {
  name: 'promotions',
  of: 'operator',
  columns: { id: (promotion) => promotion.id, status: (promotion) => promotion.status },
  unique: {},
  indexes: { id: ['id'], status: ['status'] },
}

/** Codes of an operator; the same word can be a code of two sites. */
export const codes: Collection<Code> = {
  name: 'codes',
  of: 'operator',
  columns: {
    code: (code) => code.code,
    site: (code) => code.site,
    promotionId: (code) => code.promotionId,
    id: (code) => code.id,
    batchId: (code) => code.batchId ?? null,
    assignedTo: (code) => code.assignedTo ?? null,
    freeIn: (code) => (code.assignedTo ? null : (code.batchId ?? null)),
    toRemindIn: (code) => (code.assignedTo && !code.remindedAt ? (code.batchId ?? null) : null),
  },
  unique: { code: ['code', 'site'] },
  indexes: {
    id: ['id'],
    promotionId: ['promotionId'],
    batch: ['batchId'],
    assigned: ['batchId', 'assignedTo'],
    assignee: ['assignedTo'],
    free: ['freeIn'],
    toRemind: ['toRemindIn'],
  },
}

/** Batches of codes of an operator. */
export const codeBatches: Collection<CodeBatch> = {
  name: 'codeBatches',
  of: 'operator',
  columns: { id: (batch) => batch.id },
  unique: {},
  indexes: { id: ['id'] },
}
