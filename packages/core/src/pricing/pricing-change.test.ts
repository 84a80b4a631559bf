import { beforeEach, describe, expect, it } from 'vitest'
import type { PricingVersion } from './pricing.collection.ts'
import { pricingChange as changeOf } from './pricing-change.ts'

const stored = (version: number, changes: PricingVersion['changes'], wholeAt?: number) => ({
  ...{ in: 'pricingVersions', id: 'pricing', version },
  body: { changes, ...(wholeAt === undefined ? {} : { wholeAt }) },
})
/** The changes of versions 1 to `last`. */
const upTo = (last: number): PricingVersion['changes'] =>
  Array.from({ length: last }, (_, before) => ({ version: before + 1, ids: [`var_${before + 1}`] }))
/** Marks that count up: `AAAB`, `AAAC`, … */
let made = 0
const runtime = { randomBytes: (count: number) => new Uint8Array(count).fill(++made, count - 1) }
const pricingChange = (...change: [Parameters<typeof changeOf>[1], readonly string[]]) => changeOf(runtime, ...change)
const manyIds = (count: number): string[] => Array.from({ length: count }, (_, place) => `var_${place}`)

beforeEach(() => {
  made = 0
})

describe('a change of what prices are made of', () => {
  it('is the first of its document', () => {
    expect(pricingChange(null, ['var_a', 'main:prd_a'])).toEqual({
      ...{ do: 'insert', in: 'pricingVersions', id: 'pricing' },
      body: { changes: [{ version: 1, ids: ['var_a', 'main:prd_a'] }], wholeAt: 0, marks: 'AAAB' },
    })
  })

  it('is named after those before, with the version that the document then has', () => {
    expect(pricingChange(stored(2, upTo(2)), ['whole'])).toEqual({
      ...{ do: 'put', in: 'pricingVersions', id: 'pricing', version: 2 },
      body: { changes: [...upTo(2), { version: 3, ids: ['whole'] }], wholeAt: 3, marks: 'AAAB' },
    })
  })

  it('says when the whole changed last, also once that is no longer named', () => {
    expect(bodyOf(pricingChange(stored(70, upTo(70), 3), ['var_a'])).wholeAt).toBe(3)
    expect(bodyOf(pricingChange(stored(70, upTo(70), 3), manyIds(101))).wholeAt).toBe(3)
    expect(bodyOf(pricingChange(stored(70, upTo(70), 3), ['var_a', 'whole'])).wholeAt).toBe(71)
  })

  it('takes it that the whole may have changed up to what an earlier release wrote', () => {
    expect(bodyOf(pricingChange(stored(70, upTo(70)), ['var_a'])).wholeAt).toBe(70)
  })

  it('puts a mark of its own beside those of the 64 versions before, which stay when these are no longer named', () => {
    const first = bodyOf(pricingChange(null, ['var_a']))
    const second = bodyOf(pricingChange({ ...stored(1, []), body: first }, manyIds(101)))
    expect([second.changes, second.marks]).toEqual([[], 'AAABAAAC'])
    const marks = Array.from({ length: 65 }, (_, place) => `-${String(place).padStart(3, '0')}`)
    const full = { ...stored(65, []), body: { changes: [], marks: marks.join('') } }
    expect(bodyOf(pricingChange(full, [])).marks).toBe(`${marks.slice(1).join('')}AAAD`)
  })

  it.each([
    [63, 1],
    [64, 2],
    [65, 3],
  ])('after %i others leaves 64 in the log, the oldest of them version %i', (before, oldest) => {
    const { changes } = bodyOf(pricingChange(stored(before, upTo(before)), ['var_new']))
    expect(changes).toHaveLength(64)
    expect([changes[0]?.version, changes.at(-1)]).toEqual([oldest, { version: before + 1, ids: ['var_new'] }])
  })

  it('of 100 ids names each, and of more none, so that everybody drops all that they kept', () => {
    const [many, tooMany] = [manyIds(100), manyIds(101)]
    expect(bodyOf(pricingChange(null, many)).changes).toEqual([{ version: 1, ids: many }])
    expect(bodyOf(pricingChange(stored(1, upTo(1)), tooMany)).changes).toEqual([])
    expect(bodyOf(pricingChange(null, tooMany)).changes).toEqual([])
  })

  it('leaves no more than 100 ids in the log: each request reads it with its cart', () => {
    expect(bodyOf(pricingChange(stored(3, upTo(3)), manyIds(98))).changes).toEqual([
      ...upTo(3).slice(1),
      { version: 4, ids: manyIds(98) },
    ])
    expect(bodyOf(pricingChange(stored(3, upTo(3)), manyIds(100))).changes).toEqual([{ version: 4, ids: manyIds(100) }])
  })
})

function bodyOf(change: ReturnType<typeof pricingChange>): PricingVersion {
  if (!('body' in change)) throw new Error('The change writes nothing.')
  return change.body as unknown as PricingVersion // what is written to the document of versions
}
