import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isSlug, MAXIMUM_SLUG_LENGTH, makeSlug } from './import-slug.ts'

describe('makeSlug', () => {
  it.each([
    ['How Bread Rises: Yeast & Time', 'how-bread-rises-yeast-time'],
    ['  C++ for the Curious  ', 'c-for-the-curious'],
    ['The Gardener’s Year', 'the-gardeners-year'],
    ['Éléments de géométrie', 'éléments-de-géométrie'],
    ['Введение в астрономию', 'введение-в-астрономию'],
    ['统计学入门', '统计学入门'],
    ['مقدمة في الفلك', 'مقدمة-في-الفلك'],
    ['हिन्दी व्याकरण', 'हिन्दी-व्याकरण'],
    ['한국어 첫걸음', '한국어-첫걸음'],
    ['e\u0301te\u0301', 'été'],
  ])('makes of %j %j', (title, slug) => {
    expect(makeSlug(title, 'id')).toBe(slug)
  })

  it('falls back to the id, and to its code points', () => {
    expect(makeSlug('???', 'course-v1:Demo+X+2027')).toBe('course-v1-demo-x-2027')
    expect(makeSlug('🌻', '+')).toBe('item-2b')
  })

  it('makes of any title a slug that stays the same and is not too long', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.string({ minLength: 1 }), (title, id) => {
        const slug = makeSlug(title, id)
        expect(slug).toMatch(/^[\p{L}\p{M}\p{N}-]+$/u)
        expect(isSlug(slug)).toBe(true)
        expect([...slug].length).toBeLessThanOrEqual(MAXIMUM_SLUG_LENGTH)
      }),
    )
  })
})
