import { describe, expect, it } from 'vitest'
import { type BenefitLines, builtInRules } from '../promotion/index.ts'
import { linesAsked, linesTaken } from './benefit-lines.ts'
import { priceInputs } from './price-inputs.ts'
import { sampleInputs, sampleVariant, variantsById } from './sample-inputs.ts'

const names = ['a', 'b', 'c']
const { sold } = priceInputs(
  sampleInputs({
    lines: names.map((id) => ({ id, variantId: `var_${id}`, quantity: 1 })),
    variants: variantsById(...names.map((id) => sampleVariant(`var_${id}`, 100))),
  }),
  builtInRules,
)
const only = (...ids: string[]) => sold.filter(({ id }) => ids.includes(id))
const from = (of: BenefitLines['of'], ...ids: string[]): BenefitLines => ({ of, selects: ({ id }) => ids.includes(id) })

describe('of the lines a, b and c', () => {
  it.each<[what: string, takes: BenefitLines | null, asked: string, taken: string]>([
    ['one for the selected', null, 'abc', 'ab'],
    ['one for some of the selected', from('selected', 'b', 'c'), 'abc', 'b'],
    ['one for others', from('others', 'b', 'c'), 'a', 'bc'],
  ])('conditions are asked and a and b selected: %s', (_, takes, asked, taken) => {
    const text = (lines: typeof sold) => lines.map(({ id }) => id).join('')
    expect(text(only(...linesAsked(takes, sold).map(({ id }) => id)))).toBe(asked)
    expect(
      linesTaken(takes, only('a', 'b'), sold)
        .map(({ id }) => id)
        .join(''),
    ).toBe(taken)
  })
})
