import { expect, test } from 'vitest'
import { rememberedTokens } from './remembered-tokens.ts'

test('keeps at most 10,000 tokens, of which the oldest go first', () => {
  const tokens = rememberedTokens(() => 0)
  for (let index = 0; index <= 10_000; index++) tokens.keep(`t${index}`, { index }, 60)
  expect(tokens.find('t0')).toBeUndefined()
  expect(tokens.find('t1')).toEqual({ index: 1 })
  expect(tokens.find('t10000')).toEqual({ index: 10_000 })
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
