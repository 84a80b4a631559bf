import { describe, expect, it } from 'vitest'
import type { Call } from '../ports/index.ts'
import { testRuntime } from '../testing/test-runtime.ts'
import { codeKind, type NewCode } from './code-kind.ts'
import { type Code, normaliseCode } from './promotion.ts'

const CALL: Call = {
  ...{ scope: { operator: 'acme', site: 'main' }, principal: { type: 'system', site: 'main' } },
  ...{ operation: 'codes.create', key: null, fingerprint: '', ifVersion: null, now: '2026-06-15T12:00:00.000Z' },
}
const SPRING: Code = {
  ...{ id: 'cod_1', code: 'SPRING', site: 'main', promotionId: 'pro_1', uses: null, from: null, until: null },
  status: 'active',
}

describe('a new code', () => {
  it('is valid on the site of the call, always and as often as one likes, where nothing else is said', () => {
    expect(codeKind.complete({ code: 'SPRING', promotionId: 'pro_1' }, 'cod_1', CALL)).toStrictEqual(SPRING)
  })

  it('is what was said of it; a member without a value says nothing', () => {
    const said: NewCode = {
      ...{ id: 'mine', code: 'SPRING', promotionId: 'pro_1', site: '*', uses: 5, status: 'revoked' },
      ...{ from: '2026-01-01T00:00:00.000Z', until: undefined, usesPerCustomer: 1 },
    }
    expect(codeKind.complete(said, 'cod_2', CALL)).toStrictEqual({
      ...{ id: 'cod_2', code: 'SPRING', promotionId: 'pro_1', site: '*', uses: 5, status: 'revoked' },
      ...{ from: '2026-01-01T00:00:00.000Z', until: null, usesPerCustomer: 1 },
    })
  })

  it('has an id that says what it is', () => {
    expect(codeKind.id(SPRING, testRuntime())).toMatch(/^cod_/)
  })
})

describe('a code', () => {
  it.each([
    ['spring', 'SPRING'],
    [' Spring - sale \t 24 ', 'SPRINGSALE24'],
    ['----', ''],
    // Full-width letters, as East Asian keyboards type them.
    ['ＳＰＲＩＮＧ２４', 'SPRING24'],
    ['größe', 'GRÖSSE'],
    // A sheet or a mail writes other hyphens, and leaves marks that nobody sees.
    ['FAIR\u2010AB\u2011CD\u2013EF\u2014GH\u2212IJ', 'FAIRABCDEFGHIJ'],
    ['\ufeffFA\u00adIR\u200b24\u2060', 'FAIR24'],
    ...['İNDİRİM', 'indirim', 'i̇ndi̇ri̇m', 'ındırım', 'İNDİRİM'.normalize('NFD')].map((typed) => [typed, 'INDIRIM']),
  ])('%j is compared as %j, and so it is stored', (typed, expected) => {
    expect(normaliseCode(typed)).toBe(expected)
    expect(codeKind.normalise?.({ ...SPRING, code: typed })).toStrictEqual({ ...SPRING, code: expected })
  })

  it.each<[what: string, changes: Partial<Code>]>([
    ['three characters', { code: 'AB1' }],
    ['64 characters', { code: 'A'.repeat(64) }],
    ['letters of any script', { code: 'ВЕСНА春24' }],
    ['one use', { uses: 1, usesPerCustomer: 1 }],
    ['no limits', { uses: null, usesPerCustomer: null }],
    ['one bound of its window', { from: '2026-01-01T00:00:00.000Z' }],
    ['a window of a millisecond', { from: '2026-01-01T00:00:00.000Z', until: '2026-01-01T00:00:00.001Z' }],
  ])('may have %s', (_, changes) => {
    expect(codeKind.check({ ...SPRING, ...changes }, null)).toStrictEqual([])
  })

  const CHARACTERS = 'must be 3 to 64 letters and digits; spaces and hyphens do not count'
  it.each<[what: string, changes: Partial<Code>, path: string, message: string]>([
    ['two characters', { code: 'AB' }, 'code', CHARACTERS],
    ['65 characters', { code: 'A'.repeat(65) }, 'code', CHARACTERS],
    ['a sign before', { code: '%HALF' }, 'code', CHARACTERS],
    ['a sign within', { code: 'HALF%OFF' }, 'code', CHARACTERS],
    ['a sign at the end', { code: 'HALF%' }, 'code', CHARACTERS],
    ['no use', { uses: 0 }, 'uses', 'must be 1 or more'],
    ['half a use', { uses: 1.5 }, 'uses', 'must be 1 or more'],
    ['no use for anybody', { usesPerCustomer: 0 }, 'usesPerCustomer', 'must be 1 or more'],
    [
      'a window without an instant',
      { from: '2026-01-01T00:00:00.000Z', until: '2026-01-01T00:00:00.000Z' },
      'until',
      'must be later than `from`',
    ],
  ])('with %s is refused', (_, changes, path, message) => {
    expect(codeKind.check({ ...SPRING, ...changes }, null)).toStrictEqual([{ path, message }])
  })

  it('names its promotion and its site, and no site where it is valid on all', () => {
    const promotion = { path: 'promotionId', ref: { in: 'promotions', id: 'pro_1' } }
    expect(codeKind.names(SPRING, CALL)).toStrictEqual([promotion, { path: 'site', ref: { in: 'sites', id: 'main' } }])
    expect(codeKind.names({ ...SPRING, site: '*' }, CALL)).toStrictEqual([promotion])
  })

  it('is listed by id; a change of it changes prices, and its own word is what may be taken', () => {
    expect(codeKind.listed(CALL)).toStrictEqual({ index: 'id' })
    expect(codeKind).toMatchObject({ changesPrices: true, isReadAfresh: true })
    expect(codeKind.uniqueMembers).toStrictEqual({ code: 'code' })
  })
})
