import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { MAX_QUERY_TOKENS, queryTokens, searchEntries, searchTokens } from './search-tokens.ts'
import { shortenMarks } from './shorten-marks.ts'

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

  // Each text took half a second.
  test.each(['\u0316\u0301', '\u0316\uff9e'])(
    'marks in their wrong order, thousands in a row, hold nothing up',
    (marks) => {
      for (let n = 0; n < 200; n += 1) expect(searchTokens(`a${n}${marks.repeat(9_990)} b`)).toHaveLength(2)
    },
  )

  test('a text of 30 marks in a row or fewer stays as it is', () => {
    const unit = fc.oneof(fc.constantFrom('\u0301', '\u0316', 'ﾞ'), fc.string({ unit: 'binary', maxLength: 1 }))
    const words = fc.array(
      fc.array(unit, { maxLength: 30 }).map((each) => each.join('')),
      { maxLength: 4 },
    )
    fc.assert(
      fc.property(words, (each) => {
        expect(shortenMarks(each.join(' '))).toBe(each.join(' '))
      }),
    )
    expect(shortenMarks(`e${'\u0301'.repeat(30)}a`)).toBe(`e${'\u0301'.repeat(30)}a`)
    expect(shortenMarks(`e${'\u0301'.repeat(31)}a`)).toBe(`e${'\u0301'.repeat(30)}a`)
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
