import { describe, expect, it } from 'vitest'
import { quote } from '../price-cart.ts'
import { inputsOf } from './inputs-of.ts'
import { gridExamples } from './oracle.ts'
import { workedExamples } from './pages.ts'
import { saidBy } from './said-by.ts'

describe.each(workedExamples)('$about', (page) => {
  it.each(page.examples.map((example) => [example.name, example] as const))('%s', (_name, example) => {
    expect(saidBy(quote(inputsOf(page, example)), example.expect)).toEqual(example.expect)
  })
})

it('there are at least two hundred, each with a name of its own', () => {
  const names = workedExamples.flatMap(({ about, examples }) => examples.map(({ name }) => `${about}: ${name}`))
  expect(new Set(names).size).toBe(names.length)
  expect(names.length).toBeGreaterThanOrEqual(200)
})

describe('a second reckoning, exact and without the engine', () => {
  it.each(gridExamples().map((example) => [example.name, example] as const))('%s', (_name, example) => {
    expect(saidBy(quote(inputsOf({}, example)), example.expect)).toEqual(example.expect)
  })
})
