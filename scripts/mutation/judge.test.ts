import { expect, test } from 'vitest'
import { explainRecord, judgeAgain, judgeSource, linesOf, sayPercent, scoreOf, scoreOfOpen, sumOf } from './judge.mjs'
import { fingerprintOf, folderOf, listSources, testsOf } from './sources.mjs'

const source = 'const a = 1\n  if (a < b) c()\n  return a + b\n'
const mutant = (line: number, replacement: string, status: string) => ({
  ...{ replacement, status },
  location: { start: { line, column: 1 }, end: { line, column: 2 } },
})
const mutants = [
  mutant(1, '2', 'Killed'),
  mutant(2, 'true', 'Timeout'),
  mutant(2, 'a <= b', 'Survived'),
  mutant(2, ';', 'NoCoverage'),
  mutant(3, 'a - b', 'Survived'),
  mutant(3, '', 'CompileError'),
  mutant(3, '', 'Ignored'),
]

test('counts what a test noticed, and names what none did', () => {
  expect(judgeSource({ source, mutants }, [])).toEqual({
    ...{ mutants: 5, killed: 2, explained: 0, needless: [] },
    survived: ['2: if (a < b) c() → a <= b', '2: if (a < b) c() → ;', '3: return a + b → a - b'],
  })
})

test('an explanation is of the mutants that it names, or of a whole line, and of nothing else', () => {
  const named = { code: 'if (a < b) c()', mutants: ['a <= b'], reason: 'never equal' }
  const whole = { code: 'return a + b', reason: 'never read' }
  const needless = { code: 'const a = 1', reason: 'killed after all' }
  const judged = judgeSource({ source, mutants }, [named, whole, needless])
  expect(judged).toMatchObject({ explained: 2, survived: ['2: if (a < b) c() → ;'], needless: [needless] })
  expect(scoreOf(judged)).toBe(40)
  expect(scoreOfOpen(judged)).toBeCloseTo(66.67)
})

test('what survived is broken again by itself, and the rest is as it was', () => {
  const { needless: _, ...record } = judgeSource({ source, mutants }, [])
  expect(linesOf(record)).toEqual(['2-2', '3-3'])
  const again = [mutant(2, 'true', 'Killed'), mutant(2, 'a <= b', 'Survived'), mutant(2, ';', 'Killed')]
  const stillThere = [...again, mutant(3, 'a - b', 'Survived'), mutant(3, 'a * b', 'Survived')]
  expect(judgeAgain(record, { source, mutants: stillThere }, [{ code: 'return a + b', reason: 'never read' }])).toEqual(
    {
      ...{ mutants: 5, killed: 3, explained: 1, survived: ['2: if (a < b) c() → a <= b'], needless: [] },
    },
  )
})

test('what was explained since then is not run again', () => {
  const { needless: _, ...record } = judgeSource({ source, mutants }, [])
  const explanation = { code: 'if (a < b) c()', mutants: ['a <= b', 'true'], reason: 'never equal' }
  expect(explainRecord(record, [explanation])).toEqual({
    ...{ mutants: 5, killed: 2, explained: 1 },
    survived: ['2: if (a < b) c() → ;', '3: return a + b → a - b'],
  })
})

test('a score is never rounded up, and what has no mutants is whole', () => {
  expect(sayPercent(89.99)).toBe('89.9 %')
  expect(scoreOf({ mutants: 0, killed: 0 })).toBe(100)
  expect(sumOf([judgeSource({ source, mutants }, []), judgeSource({ source, mutants: [] }, [])])).toEqual({
    ...{ mutants: 5, killed: 2, explained: 0, survived: 3 },
  })
})

test('the code of a source is what it was while only comments and indentation change', () => {
  const code = 'const a = 1\nconst b = 2\n'
  expect(fingerprintOf(`/** One.\n * Two. */\n  const a = 1\n\n// three\nconst b = 2`)).toBe(fingerprintOf(code))
  expect(fingerprintOf('const a = 1\nconst b = 3\n')).not.toBe(fingerprintOf(code))
})

test('sources hold rules: no test, schema or list of names; each has tests', () => {
  const sources = listSources()
  expect(sources).toContain('src/money/rate.ts')
  expect(sources).toContain('src/promotion/benefits/percent.ts')
  expect(
    sources.filter((one) => /[.](test|schema|collection)[.]|index[.]ts|sample-|worked-examples/.test(one)),
  ).toEqual([])
  expect(folderOf('src/promotion/benefits/percent.ts')).toBe('promotion')
  expect(testsOf('src/tax/tax-table.ts')).toContain('src/pricing/worked-examples')
  expect(testsOf('src/money/rate.ts')).toEqual(['src/money'])
})
