import { describe, expect, test } from 'vitest'
import { type BursarError, isBursarError } from '../errors/index.ts'
import { parseInput } from './parse-input.ts'
import { schemasOf } from './schemas.ts'

const line = { cartId: 'crt_1', lineId: 'a', variantId: 'var_1' }
const addLine = (value: unknown) => () => parseInput(schemasOf('carts.addLine').input, value)

const refused = (act: () => unknown): BursarError => {
  try {
    act()
  } catch (error) {
    if (isBursarError(error)) return error
    throw error
  }
  throw new Error('It was not refused.')
}

const messages = (act: () => unknown): string[] => refused(act).issues.map(({ message }) => message)

describe('parseInput', () => {
  test('gives what the schema lets through', () => {
    expect(addLine({ ...line, quantity: 2 })()).toEqual({ ...line, quantity: 2 })
  })

  test('says each thing that is wrong, where, and what would be right', () => {
    const error = refused(addLine({ cartId: 'a b', lineId: 'a', quantity: 0, price: 5, recipient: { type: 'friend' } }))
    expect({ code: error.code, issues: error.issues }).toEqual({
      code: 'invalid_input',
      issues: [
        { path: 'cartId', message: 'cartId must be an id: 1 to 64 characters of A–Z, a–z, 0–9, _ and -.' },
        { path: 'variantId', message: 'variantId is missing.' },
        { path: 'quantity', message: 'quantity must be a whole number from 1 to 1,000.' },
        { path: 'recipient.type', message: 'recipient.type must be one of buyer, learner, email.' },
        { path: 'price', message: 'price is not known here: leave it out.' },
      ],
    })
  })

  test.each([
    [1.5, 'quantity must be a whole number from 1 to 1,000.'],
    ['2', 'quantity must be a whole number from 1 to 1,000.'],
    [1e300, 'quantity must be a whole number from 1 to 1,000.'],
    [null, 'quantity must be a whole number from 1 to 1,000.'],
  ])('a quantity of %j is told once', (quantity, message) => {
    expect(messages(addLine({ ...line, quantity }))).toEqual([message])
  })

  test.each([[undefined], [null], ['text'], [[]], [5]])('%j is no object', (value) => {
    expect(messages(addLine(value))).toEqual([
      value === undefined ? 'The request is missing.' : 'The request must be an object.',
    ])
  })

  test('unknown members are told by name, also within, and not by the thousand', () => {
    const within = { ...line, recipient: { type: 'buyer', share: 1 } }
    expect(refused(addLine(within)).issues).toEqual([
      { path: 'recipient.share', message: 'recipient.share is not known here: leave it out.' },
    ])
    const many = Object.fromEntries(Array.from({ length: 10_000 }, (_, at) => [`member${at}`, at]))
    expect(refused(addLine({ ...line, ...many })).issues).toHaveLength(20)
  })

  test('nesting is bounded before any schema sees it', () => {
    const nested = (levels: number): unknown => JSON.parse(`${'['.repeat(levels)}${']'.repeat(levels)}`)
    const create = (metadata: unknown) => () =>
      parseInput(schemasOf('admin.products.create').input, {
        type: 'course',
        title: 'A',
        variants: [{ name: 'a' }],
        metadata: { metadata },
      })
    expect(create(nested(30))()).toMatchObject({ title: 'A' })
    expect(messages(create(nested(31)))).toEqual(['The request is nested deeper than 32 levels.'])
    expect(messages(create(nested(20_000)))).toEqual(['The request is nested deeper than 32 levels.'])
    const circle: Record<string, unknown> = {}
    circle.self = circle
    expect(messages(create(circle))).toEqual(['The request is nested deeper than 32 levels.'])
  })

  test.each([
    ['U+0000', 'a\u0000b'],
    ['half of a surrogate pair', 'a\ud83d'],
    ['the other half', '\ude00a'],
  ])('%s is refused: a database would', (_, text) => {
    const code = () => parseInput(schemasOf('carts.applyCode').input, { cartId: 'crt_1', code: text })
    expect(messages(code)).toEqual(['code holds a character that cannot be stored.'])
  })

  test('a whole pair is a character like any other', () => {
    const { input } = schemasOf('carts.applyCode')
    expect(parseInput(input, { cartId: 'crt_1', code: 'a😀' })).toMatchObject({ code: 'a😀' })
  })

  test('`__proto__` as a member is refused', () => {
    expect(messages(addLine(JSON.parse('{"__proto__": {"quantity": 1}}')))).toEqual([
      'The request has a member whose name is not allowed.',
    ])
  })

  test('a card number is refused with its place, and never echoed', () => {
    const error = refused(addLine({ ...line, lineId: '4242424242424242' }))
    expect({ code: error.code, path: error.issues[0]?.path }).toEqual({ code: 'card_number_refused', path: 'lineId' })
    expect(JSON.stringify([error.issues, error.message])).not.toContain('4242')
  })

  test('a value that is refused is not echoed', () => {
    const error = refused(() => parseInput(schemasOf('carts.get').input, { cartId: 'secret secret', limit: 'secret' }))
    expect(JSON.stringify(error.issues)).not.toContain('secret')
  })
})
