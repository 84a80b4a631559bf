import { describe, expect, it } from 'vitest'
import { builtInRules, type Typed } from '../promotion/index.ts'
import { contextOf } from './apply-promotions.ts'
import { freezeConditions } from './freeze-conditions.ts'
import { priceInputs } from './price-inputs.ts'
import { sampleInputs, sampleVariant, variantsById } from './sample-inputs.ts'

/** Two courses and a book of a customer in Germany whose rights and orders are not known. */
const inputs = sampleInputs({
  lines: ['a', 'b', 'c', 'c2'].map((id) => ({ id, variantId: `var_${id[0]}`, quantity: 1 })),
  variants: variantsById(
    sampleVariant('var_a', 1000),
    sampleVariant('var_b', 500),
    sampleVariant('var_c', 300, { productType: 'book' }),
  ),
})
const freezer = { lines: priceInputs(inputs, builtInRules).sold, context: contextOf(inputs), rules: builtInRules }
const freeze = (...conditions: Typed[]) => freezeConditions(conditions, freezer)

const typed = <One extends Typed>(one: One): One => one
const any = (...conditions: Typed[]) => ({ type: 'any', conditions })
const none = (...conditions: Typed[]) => ({ type: 'none', conditions })
const variants = (...ids: string[]) => ({ type: 'variants', variants: ids })

const HOLDS = typed({ type: 'countries', countries: ['DE'] })
const FAILS = typed({ type: 'countries', countries: ['FR'] })
/** Decided at checkout. */
const UNKNOWN = { type: 'first_order' }
/** Neither it nor its opposite holds. */
const UNDECIDED = typed({ type: 'owned_products', products: ['prd_z'] })
const NO_RULE = { type: 'acme:mystery' }
const BOOKS = typed({ type: 'product_types', productTypes: ['book'] })
const ABSENT = typed({ type: 'products', products: ['prd_z'] })
const FEW = typed({ type: 'minimum_quantity', quantity: 9 })

describe('of conditions is left', () => {
  it.each<[what: string, conditions: Typed[], left: Typed[]]>([
    ['nothing of none', [], []],
    ['nothing of one that holds', [HOLDS], []],
    ['the variants in the cart of one about lines, each once', [BOOKS], [variants('var_c')]],
    ['one that reads lines as it is', [FEW], [FEW]],
    ['first what is about lines', [FEW, HOLDS, BOOKS], [variants('var_c'), FEW]],
    ['nothing of any with one that holds', [any(BOOKS, HOLDS)], []],
    ['nothing of any with none of what fails', [any(BOOKS, none(FAILS))], []],
    ['of any what could hold', [any(FAILS, BOOKS, UNDECIDED, FEW)], [any(variants('var_c'), FEW)]],
    ['nothing of none where all fail', [none(FAILS, ABSENT, NO_RULE)], []],
    ['of none what could hold', [none(FAILS, BOOKS, FEW)], [none(variants('var_c'), FEW)]],
    ['of one within another', [any(FAILS, none(BOOKS, FAILS))], [any(none(variants('var_c')))]],
  ])('%s, and it is certain', (_, conditions, left) => {
    expect(freeze(...conditions)).toMatchObject({ conditions: left, isUncertain: false })
  })

  it.each<[what: string, conditions: Typed[], left: Typed[]]>([
    ['nothing of one that is not known', [UNKNOWN], []],
    ['what comes after one that is not known', [UNKNOWN, FEW, HOLDS], [FEW]],
    ['nothing of any with one that is not known and none that holds', [any(FAILS, UNKNOWN, FEW)], []],
    ['nothing of none of one that is not known', [none(UNKNOWN)], []],
    ['nothing of none of one that is not known and one that fails', [none(UNKNOWN, FAILS)], []],
    ['of none the others', [none(FAILS, UNKNOWN, FEW)], [none(FEW)]],
    [
      'of any one that rests on what is not known',
      [any(BOOKS, none(UNKNOWN, FEW))],
      [any(variants('var_c'), none(FEW))],
    ],
  ])('%s, and it is uncertain', (_, conditions, left) => {
    expect(freeze(...conditions)).toMatchObject({ conditions: left, isUncertain: true })
  })

  it('nothing of any with one that holds, which makes the one that is not known not matter', () => {
    expect(freeze(any(UNKNOWN, HOLDS))).toEqual({ conditions: [], namesLines: false, isUncertain: false })
  })
})

describe('a promotion cannot be had', () => {
  it.each<[what: string, conditions: Typed[]]>([
    ['where one fails, though others hold', [HOLDS, FEW, FAILS]],
    ['where one could not be learnt', [UNDECIDED]],
    ['for what is not in the cart', [ABSENT]],
    ['by a kind that is not known', [NO_RULE]],
    ['where each of any fails', [any(FAILS, ABSENT, UNDECIDED)]],
    ['where one of none holds', [none(FAILS, HOLDS, FEW)]],
    ['where any within none holds', [none(any(HOLDS, BOOKS))]],
    ['where one of none holds and another is not known', [none(UNKNOWN, HOLDS)]],
    ['where one of none could not be learnt: neither it nor its opposite holds', [none(FAILS, UNDECIDED, FEW)]],
  ])('%s', (_, conditions) => {
    expect(freeze(...conditions)).toBeNull()
  })
})

describe('lines are named', () => {
  it.each<[what: string, condition: Typed, namesLines: boolean]>([
    ['by a condition about lines', BOOKS, true],
    ['by one that joins such a one, though it is not needed', any(HOLDS, BOOKS), true],
    ['by none about the cart', FEW, false],
    ['by one that joins only such', any(HOLDS, FEW), false],
  ])('%s', (_, condition, namesLines) => {
    expect(freeze(condition)?.namesLines).toBe(namesLines)
  })
})
