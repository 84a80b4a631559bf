import { describe, expect, test } from 'vitest'
import { MAX_QUERY_TOKENS, queryTokens, searchEntries, searchTokens } from './search-tokens.ts'

describe('searchTokens', () => {
  test.each([
    ['Introduction to Python 3', ['introduction', 'to', 'python', '3']],
    ['Élève, ÉLÈVE; eleve!', ['eleve']],
    ['ﬁnance', ['finance']],
    ['don’t', ['don', 't']],
    ["L'économie, l‘économie, lʼéconomie", ['l', 'economie']],
    ['snake_case', ['snake', 'case']],
    ['Straße STRASSE', ['strasse']],
    ['Işık IŞIK ışık İŞİK', ['isik']],
    ['ΟΔΟΣ οδοσ', ['οδοσ']],
    ['Łódź Ørsted Œuvre Ærø Đuro', ['lodz', 'orsted', 'oeuvre', 'aero', 'duro']],
    ['العَرَبِيَّة العربيـة', ['العربية']],
    ['שָׁלוֹם', ['שלום']],
    ['in\u00adform', ['inform']],
    ['Основы ё', ['основы', 'е']],
    ['हिन्दी', ['हिन्दी']],
    ['ภาษา', ['ภาษา']],
    [' ,.! ', []],
    ['x'.repeat(100), ['x'.repeat(64)]],
  ])('%s', (text, expected) => {
    const tokens = searchTokens(text)
    expect(tokens).toEqual(expected)
  })

  test('a syllable of Korean that is not finished begins the word', () => {
    const [word = ''] = searchTokens('한국어')
    const [begun = 'none'] = searchTokens('하')
    expect(word.startsWith(begun)).toBe(true)
  })

  test('words of a script without spaces are told apart', () => {
    expect(searchTokens('数据科学').length).toBeGreaterThan(1)
  })
})

test('a token that begins another says nothing more, and the number of tokens is bounded', () => {
  expect(queryTokens('py python py')).toEqual(['python'])
  const many = Array.from({ length: 30 }, (_, index) => `${index + 10}a`).join(' ')
  expect(queryTokens(many)).toHaveLength(MAX_QUERY_TOKENS)
})

test('the greatest weight of a token counts, and a facet value counts once', () => {
  const search = {
    fields: () => [
      { text: 'data for all', weight: 1 },
      { text: 'Data', weight: 9 },
    ],
    facets: () => ({ subject: ['b', 'a', 'b'] }),
  }
  expect(searchEntries(search, null)).toEqual({
    tokens: [
      ['all', 1],
      ['data', 9],
      ['for', 1],
    ],
    facets: [
      ['subject', 'a'],
      ['subject', 'b'],
    ],
  })
})
