import { expect, test } from 'vitest'
import { rememberedTokens } from './remembered-tokens.ts'

test('keeps at most 10,000 tokens, surely the 5,000 that were used last', () => {
  const tokens = rememberedTokens(() => 0)
  for (let index = 0; index < 25_000; index++) {
    tokens.keep(`t${index}`, { index }, 60)
    expect(tokens.find('t0')).toEqual({ index: 0 }) // it is used
    expect(tokens.size()).toBeLessThanOrEqual(10_000)
  }
  expect(tokens.find('t14999')).toBeUndefined()
  for (let index = 20_001; index < 25_000; index++) expect(tokens.find(`t${index}`)).toEqual({ index })
})

test('forgets at the expiry, and after 60 s at the latest', () => {
  let now = 0
  const tokens = rememberedTokens(() => now)
  tokens.keep('short', {}, 10)
  tokens.keep('long', {}, 3600)
  now = 9_999
  expect(tokens.find('short')).toEqual({})
  now = 10_000
  expect(tokens.find('short')).toBeUndefined()
  now = 59_999
  expect(tokens.find('long')).toEqual({})
  now = 60_000
  expect(tokens.find('long')).toBeUndefined()
})

test('takes memory for the tokens of two minutes at most, though nobody asks for them again', () => {
  let now = 0
  const tokens = rememberedTokens(() => now)
  for (let second = 0; second < 600; second += 1) {
    now = second * 1000
    for (let index = 0; index < 5; index += 1) tokens.keep(`t${second}.${index}`, {}, second + 3600)
    expect(tokens.size()).toBeLessThanOrEqual(2 * 60 * 5)
  }
})

test('a token that was verified by a clock that was ahead is not remembered for as long', () => {
  let now = 3_600_000
  const tokens = rememberedTokens(() => now)
  tokens.keep('hash', { sub: 'me' }, 9_999_999)
  expect(tokens.find('hash')).toEqual({ sub: 'me' })
  now = 0
  expect(tokens.find('hash')).toBeUndefined()
})
