import { describe, expect, test } from 'vitest'
import { isReturnUrl } from './accept-terms.ts'

const shop = (...returnUrls: string[]) => ({ returnUrls })

describe('an address to go back to', () => {
  test.each([
    ['https://a.example.org/shop', 'https://a.example.org/shop', true],
    ['https://a.example.org/shop', 'https://a.example.org/shop?order=1#top', true],
    ['https://a.example.org/shop', 'https://a.example.org/shop/', true],
    ['https://a.example.org/shop', 'https://ann:secret@a.example.org/shop', false],
    ['https://a.example.org/shop', 'https://ann@a.example.org/shop', false],
    ['https://a.example.org/shop', 'https://a.example.org/shop/done', true],
    ['https://a.example.org/shop/', 'https://a.example.org/shop/done', true],
    ['https://a.example.org/', 'https://a.example.org/anything', true],
    ['https://a.example.org', 'https://a.example.org', true],
    ['https://a.example.org/shop', 'https://a.example.org/shopevil', false],
    ['https://a.example.org/shop', 'https://a.example.org/shop.evil/done', false],
    ['https://a.example.org/shop', 'https://a.example.org/shop/../other', false],
    ['https://a.example.org/shop', 'https://a.example.org/shop%2fdone', false],
    ['https://a.example.org/shop/done', 'https://a.example.org/shop', false],
    ['https://a.example.org/shop', 'https://a.example.org.evil.example/shop', false],
    ['https://a.example.org/shop', 'https://a.example.org@evil.example/shop', false],
    ['https://a.example.org/shop', 'http://a.example.org/shop', false],
    ['https://a.example.org/shop', 'https://a.example.org:8443/shop', false],
    ['https://a.example.org/shop', '/shop', false],
  ])('where %s is allowed, %s: %s', (allowed, url, expected) => {
    expect(isReturnUrl(shop(allowed), url)).toBe(expected)
  })
})
