import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { CODE_ALPHABET } from '../ids/random-code.ts'
import type { Call } from '../ports/index.ts'
import { testRuntime } from '../testing/test-runtime.ts'
import { isWithin } from '../time/index.ts'
import { type CodeBatch, mintedCode, ofBatch, spelledCode } from './code-batch.ts'
import { codeBatchKind } from './code-batch-kind.ts'
import { type Code, normaliseCode } from './promotion.ts'

const CALL: Call = {
  ...{ scope: { operator: 'acme', site: 'main' }, principal: { type: 'system', site: 'main' } },
  ...{ operation: 'codeBatches.create', key: null, fingerprint: '', ifVersion: null, now: '2026-06-15T12:00:00.000Z' },
}
const FAIR: CodeBatch = {
  ...{ id: 'cbt_1', name: 'Fair', promotionId: 'pro_1', site: 'main', prefix: '', length: 12, count: 3, minted: 0 },
  ...{ uses: 1, from: null, until: null, status: 'active', createdAt: '2026-06-15T12:00:00.000Z' },
}
const CODE: Code = {
  ...{ id: 'cod_1', code: 'ABCDEFGH', site: 'main', promotionId: 'pro_1', uses: 1, from: null, until: null },
  ...{ status: 'active', batchId: 'cbt_1' },
}
const JANUARY = '2026-01-01T00:00:00.000Z'
const MARCH = '2026-03-01T00:00:00.000Z'

const inBatch = (changes: Partial<CodeBatch>, code: Partial<Code> = {}): Code =>
  ofBatch({ ...CODE, ...code }, new Map([['cbt_1', { ...FAIR, ...changes }]]))

describe('a new batch', () => {
  it('has codes of twelve characters that are valid once, on the site of the call, and none of them yet', () => {
    expect(codeBatchKind.complete({ name: 'Fair', promotionId: 'pro_1', count: 3 }, 'cbt_1', CALL)).toStrictEqual(FAIR)
  })

  it('is what was said of it, but for what it cannot be said to be', () => {
    const said = {
      ...{ id: 'mine', name: 'Fair', promotionId: 'pro_1', count: 3, site: '*', prefix: 'fair', length: 10 },
      ...{ uses: null, from: JANUARY, until: undefined, minted: 3, status: 'revoked', createdAt: JANUARY },
    }
    expect(codeBatchKind.complete(said, 'cbt_2', CALL)).toStrictEqual({
      ...{ ...FAIR, id: 'cbt_2', site: '*', prefix: 'fair', length: 10, uses: null, from: JANUARY },
    })
  })

  it('has an id that says what it is, and a prefix in capitals', () => {
    expect(codeBatchKind.id(FAIR, testRuntime())).toMatch(/^cbt_/)
    expect(codeBatchKind.normalise?.({ ...FAIR, prefix: 'fair24' })).toStrictEqual({ ...FAIR, prefix: 'FAIR24' })
  })

  it('names its promotion and its site, and no site where it is valid on all', () => {
    const promotion = { path: 'promotionId', ref: { in: 'promotions', id: 'pro_1' } }
    const site = { path: 'site', ref: { in: 'sites', id: 'main' } }
    expect(codeBatchKind.names(FAIR, CALL)).toStrictEqual([promotion, site])
    expect(codeBatchKind.names({ ...FAIR, site: '*' }, CALL)).toStrictEqual([promotion])
  })

  it('is refused with a window that holds nothing', () => {
    const issue = { path: 'until', message: 'must be later than `from`' }
    expect(codeBatchKind.check({ ...FAIR, from: JANUARY, until: JANUARY }, null)).toStrictEqual([issue])
    expect(codeBatchKind.check({ ...FAIR, from: JANUARY, until: MARCH }, null)).toStrictEqual([])
  })

  it('is listed by id, changes prices, and shares a name with others', () => {
    expect(codeBatchKind.listed(CALL)).toStrictEqual({ index: 'id' })
    expect(codeBatchKind.changesPrices).toBe(true)
    expect(codeBatchKind.uniqueMembers).toStrictEqual({})
  })
})

describe('a code that is minted', () => {
  it('is drawn from the alphabet after the prefix, and leaves its window to the batch', () => {
    const runtime = testRuntime()
    const batch = { ...FAIR, prefix: 'FAIR', length: 10, uses: 4, from: JANUARY, until: MARCH }
    const { id, code, ...rest } = mintedCode(batch, runtime)
    expect(id).toMatch(/^cod_/)
    expect(code).toMatch(new RegExp(`^FAIR[${CODE_ALPHABET}]{10}$`))
    expect(rest).toStrictEqual({
      ...{ site: 'main', promotionId: 'pro_1', uses: 4, from: null, until: null },
      ...{ status: 'active', batchId: 'cbt_1' },
    })
    expect(mintedCode(batch, runtime).code).not.toBe(code)
  })
})

describe('a code of a batch', () => {
  it('that was made by hand has none', () => {
    const { batchId: _, ...handmade } = CODE
    const batches = new Map([['cbt_1', FAIR]])
    for (const code of [handmade, { ...CODE, batchId: null }]) expect(ofBatch(code, batches)).toBe(code)
  })

  it('that is not known is not valid', () => {
    expect(ofBatch(CODE, new Map())).toStrictEqual({ ...CODE, status: 'revoked' })
  })

  it.each([
    ['active', 'active', 'active'],
    ['revoked', 'active', 'revoked'],
    ['active', 'revoked', 'revoked'],
    ['revoked', 'revoked', 'revoked'],
  ] as const)('that is %s in a batch that is %s is %s', (own, ofAll, expected) => {
    expect(inBatch({ status: ofAll }, { status: own })).toStrictEqual({ ...CODE, status: expected })
  })

  const bound = fc.constantFrom(null, JANUARY, '2026-02-01T00:00:00.000Z', MARCH)
  const instant = fc.constantFrom('2025-12-31T23:59:59.999Z', JANUARY, '2026-02-15T00:00:00.000Z', MARCH)
  it('is valid while both are', () => {
    fc.assert(
      fc.property(bound, bound, bound, bound, instant, (from, until, batchFrom, batchUntil, now) => {
        const joined = inBatch({ from: batchFrom, until: batchUntil }, { from, until })
        const isBoth = isWithin({ from, until }, now) && isWithin({ from: batchFrom, until: batchUntil }, now)
        expect(isWithin(joined, now)).toBe(isBoth)
        expect([from, batchFrom]).toContain(joined.from)
        expect([until, batchUntil]).toContain(joined.until)
      }),
      { numRuns: 500 },
    )
  })

  it('has the later beginning and the earlier end', () => {
    expect(inBatch({ from: MARCH, until: null }, { from: JANUARY, until: MARCH })).toMatchObject({
      ...{ from: MARCH, until: MARCH },
    })
    expect(inBatch({ from: JANUARY, until: JANUARY }, { from: MARCH, until: MARCH })).toMatchObject({
      ...{ from: MARCH, until: JANUARY },
    })
    expect(inBatch({ from: JANUARY, until: MARCH }, { from: MARCH, until: JANUARY })).toMatchObject({
      ...{ from: MARCH, until: JANUARY },
    })
    expect(inBatch({ from: JANUARY, until: MARCH })).toMatchObject({ from: JANUARY, until: MARCH })
    expect(inBatch({}, { from: JANUARY, until: MARCH })).toMatchObject({ from: JANUARY, until: MARCH })
  })

  it('takes from the batch what that says of uses, also that there is no limit, and keeps its own where it says nothing', () => {
    const own = { usesPerCustomer: 5, returnsUse: 'always' } as const
    expect(inBatch({}, own)).toMatchObject(own)
    expect(inBatch({ usesPerCustomer: 2, returnsUse: 'whole_order' }, own)).toMatchObject({
      ...{ usesPerCustomer: 2, returnsUse: 'whole_order' },
    })
    expect(inBatch({ usesPerCustomer: null }, own)).toMatchObject({ usesPerCustomer: null, returnsUse: 'always' })
  })
})

describe('a code as people read it', () => {
  it.each([
    ['ABCDEFGHJKMN', '', 'ABCD-EFGH-JKMN'],
    ['FAIRABCDEFGHJK', 'FAIR', 'FAIR-ABCD-EFGH-JK'],
    ['ABC', '', 'ABC'],
    ['FAIR', 'FAIR', 'FAIR'],
    ['', '', ''],
  ])('%s after %j is %s', (code, prefix, expected) => {
    expect(spelledCode(code, prefix)).toBe(expected)
  })

  it('is the code when it is typed', () => {
    const prefix = fc.constantFrom('', 'FAIR', 'X1')
    fc.assert(
      fc.property(prefix, fc.integer({ min: 1, max: 40 }), (before, length) => {
        const code = `${before}${CODE_ALPHABET.repeat(2).slice(0, length)}`
        expect(normaliseCode(spelledCode(code, before))).toBe(code)
      }),
    )
  })
})
