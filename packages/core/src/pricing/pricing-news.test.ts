import { describe, expect, it } from 'vitest'
import { pricingChange } from './pricing-change.ts'
import { isSameVersion, pricingNews, type ToldVersion } from './pricing-news.ts'

let made = 0
const runtime = { randomBytes: (count: number) => Uint8Array.of(made >> 8, made++, 7).subarray(0, count) }

/** The document after one more change. */
function next(stored: ToldVersion, ...ids: readonly string[]): NonNullable<ToldVersion> {
  const change = pricingChange(runtime, stored, ids)
  if (!('body' in change)) throw new Error('The change writes nothing.')
  const body = change.body as unknown as NonNullable<ToldVersion>['body'] // what is written to the document of versions
  return { in: 'pricingVersions', id: 'pricing', version: (stored?.version ?? 0) + 1, body }
}

/** The same document as an earlier release writes it. */
const unmarked = (stored: NonNullable<ToldVersion>): NonNullable<ToldVersion> => ({
  ...stored,
  body: { changes: stored.body.changes, wholeAt: stored.body.wholeAt },
})
const times = (count: number, stored: ToldVersion, id = 'var_x'): ToldVersion =>
  Array.from({ length: count }).reduce<ToldVersion>((known) => next(known, id), stored)

const ALL = { all: true, isWholeKept: false }
const first = next(null, 'var_a')
const second = next(first, 'var_b')
const third = next(second, 'var_c', 'whole')

describe('between two versions of one history', () => {
  it.each<[string, ToldVersion | undefined, ToldVersion, readonly string[]]>([
    ['one later', first, second, ['var_b']],
    ['two later', first, third, ['var_b', 'var_c', 'whole']],
    ['one earlier, told late', second, first, ['var_b']],
    ['the first', null, first, ['var_a']],
    ['none, told late', first, null, ['var_a']],
    ['none as before', null, null, []],
    ['the last that is named', first, times(64, first), Array.from({ length: 64 }, () => 'var_x')],
    ['later ones of an earlier release', unmarked(first), unmarked(third), ['var_b', 'var_c', 'whole']],
    ['the first with marks after an earlier release', unmarked(first), next(unmarked(first), 'var_b'), ['var_b']],
  ])('%s: what was named may be another', (_what, told, now, ids) => {
    expect(pricingNews(told, now)).toEqual({ ids })
  })

  it('nothing is kept where nothing was told before, nor over more changes than are named', () => {
    expect(pricingNews(undefined, second)).toEqual(ALL)
    expect(pricingNews(first, times(65, first))).toEqual(ALL)
  })

  it('what an operator has few of is kept where too much changed to be named, and none of that', () => {
    const many = next(third, ...Array.from({ length: 101 }, (_, place) => `var_${place}`))
    expect(pricingNews(third, many)).toEqual({ all: true, isWholeKept: true })
    expect(pricingNews(many, third)).toEqual({ all: true, isWholeKept: true })
    expect(pricingNews(second, many)).toEqual(ALL)
  })
})

describe('where versions were lost and their numbers given to others', () => {
  /** What a server that never had the second version makes of it. */
  const anew = next(first, 'var_z')

  it.each<[string, ToldVersion, ToldVersion]>([
    ['the same number', second, anew],
    ['a later one', second, next(anew, 'var_y')],
    ['an earlier one', third, anew],
    ['a later one, the whole unchanged', third, times(70, anew)],
    ['one of an earlier release', second, unmarked(anew)],
    ['the same number after one of an earlier release', unmarked(second), anew],
    ['a later one, of an earlier release', second, unmarked(next(anew, 'var_y'))],
  ])('%s: nothing is kept', (_what, told, now) => {
    expect(isSameVersion(told, now)).toBe(false)
    expect(pricingNews(told, now)).toEqual(ALL)
  })
})

it('a version is the same as itself, read again', () => {
  expect([isSameVersion(second, structuredClone(second)), isSameVersion(null, null)]).toEqual([true, true])
  expect([isSameVersion(first, second), isSameVersion(null, first)]).toEqual([false, false])
})
