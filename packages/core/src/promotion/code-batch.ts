import { randomCode } from '../ids/index.ts'
import type { Runtime } from '../ports/index.ts'
import type { Instant } from '../time/index.ts'
import type { Code, ReturnsUse } from './promotion.ts'

/** Most codes of one batch. */
export const MAXIMUM_BATCH = 100_000

/** Many codes of one promotion, made together. What is said here of them all can be changed for them all. */
export interface CodeBatch {
  /** `cbt_…` */
  id: string
  /** Name for staff. */
  name: string
  /** Promotion id. */
  promotionId: string
  /** The one site where its codes are valid, or `*` for all sites of the operator. */
  site: string
  /** What each code begins with: capitals and digits, up to 16; may be empty. */
  prefix: string
  /** Characters of a code after its prefix, 10 to 32. Twelve carry 58 bits. */
  length: number
  /** How many codes it is to have, 1 to {@link MAXIMUM_BATCH}. */
  count: number
  /** How many it has: less than `count` while they are being made, or where that was interrupted. */
  minted: number
  /** How often each of its codes can be used, or null. */
  uses: number | null
  /** How often one customer can use one of its codes, or null. @default null */
  usesPerCustomer?: number | null | undefined
  /** Whether a use comes back when its order is refunded. @default 'never' */
  returnsUse?: ReturnsUse | undefined
  /** From when its codes are valid, or null. */
  from: Instant | null
  /** Until when (exclusive), or null. */
  until: Instant | null
  /** None of the codes of a revoked batch is valid. */
  status: 'active' | 'revoked'
  /** When it was made. */
  createdAt: Instant
}

/** One more code of a batch. It cannot be guessed: each of its characters after the prefix is drawn by itself. */
export function mintedCode(batch: CodeBatch, runtime: Pick<Runtime, 'randomBytes' | 'newId'>): Code {
  const { id, prefix, length, promotionId, site, uses } = batch
  return {
    id: runtime.newId('cod'),
    code: `${prefix}${randomCode(runtime, length)}`,
    ...{ site, promotionId, uses, from: null, until: null, status: 'active', batchId: id },
  }
}

/**
 * A code with what its batch says of it: the later beginning, the earlier end, and whether it was revoked with the others.
 * One whose batch is not known yet is not valid yet.
 */
export function ofBatch(code: Code, batches: ReadonlyMap<string, CodeBatch>): Code {
  if (code.batchId === undefined || code.batchId === null) return code
  const batch = batches.get(code.batchId)
  if (batch === undefined) return { ...code, status: 'revoked' }
  const isRevoked = code.status === 'revoked' || batch.status === 'revoked'
  return {
    ...code,
    from: later(code.from, batch.from),
    until: earlier(code.until, batch.until),
    status: isRevoked ? 'revoked' : 'active',
    ...('usesPerCustomer' in batch && { usesPerCustomer: batch.usesPerCustomer }),
    ...('returnsUse' in batch && { returnsUse: batch.returnsUse }),
  }
}

const later = (...bounds: (Instant | null)[]): Instant | null => inOrder(bounds).at(-1) ?? null

const earlier = (...bounds: (Instant | null)[]): Instant | null => inOrder(bounds)[0] ?? null

const inOrder = (bounds: (Instant | null)[]): Instant[] => bounds.filter((bound) => bound !== null).sort()

/** A code as people read it: its prefix, then groups of four. Hyphens don't count when it is typed. */
export function spelledCode(code: string, prefix: string): string {
  const groups = code.slice(prefix.length).match(/.{1,4}/g) ?? []
  return (prefix === '' ? groups : [prefix, ...groups]).join('-')
}
