import { issueUnless } from '../errors/index.ts'
import { sites } from '../site/index.ts'
import { byId, type NamedRecord, type NewRecord, present, type RecordKind } from '../storage/index.ts'
import { isWindow } from '../time/index.ts'
import { codes, promotions } from './promotion.collection.ts'
import { type Code, normaliseCode } from './promotion.ts'

/** A code to be made. */
export type NewCode = NewRecord<Code, 'site' | 'uses' | 'from' | 'until' | 'status'>

/** The `site` of a code that is valid on all sites of the operator. */
export const ALL_SITES = '*'

/**
 * How codes are made and checked. Without a site a code is valid on the site of the call only. Quotes read codes afresh,
 * but a change of one counts as a change of prices, so that no checkout in between is charged by the old one.
 */
export const codeKind: RecordKind<Code, NewCode> = {
  collection: codes,
  changesPrices: true,
  isReadAfresh: true,
  uniqueMembers: { code: 'code' },
  listed: () => ({ index: 'id' }),
  id: (_input, runtime) => runtime.newId('cod'),
  complete: (input, id, call) => ({
    ...{ site: call.scope.site, uses: null, from: null, until: null, status: 'active' as const },
    ...present(input),
    id,
  }),
  normalise: (code) => ({ ...code, code: normaliseCode(code.code) }),
  names: (code): NamedRecord[] => [
    { path: 'promotionId', ref: byId(promotions, code.promotionId) },
    ...(code.site === ALL_SITES ? [] : [{ path: 'site', ref: byId(sites, code.site) }]),
  ],
  check: (code) => [
    ...issueUnless(
      /^[\p{L}\p{N}]{3,64}$/u.test(code.code),
      'code',
      'must be 3 to 64 letters and digits; spaces and hyphens do not count',
    ),
    ...issueUnless(isWindow(code.from, code.until), 'until', 'must be later than `from`'),
    ...issueUnless(isCountOrNull(code.uses), 'uses', 'must be 1 or more'),
    ...issueUnless(isCountOrNull(code.usesPerCustomer ?? null), 'usesPerCustomer', 'must be 1 or more'),
  ],
}

const isCountOrNull = (uses: number | null): boolean => uses === null || (Number.isSafeInteger(uses) && uses >= 1)
