import { describe, expect, it } from 'vitest'
import { formatReport } from './format-report.ts'
import { type ImportReport, shortened } from './import-report.ts'

const report: ImportReport = {
  file: 'courses.csv',
  format: 'csv',
  encoding: 'utf-8',
  delimiter: ';',
  columns: [],
  unusedColumns: [{ column: 'Colour', reason: 'there is no such field' }],
  assumed: { type: 'course' },
  rowsRead: 12_000,
  accepted: 11_997,
  repeated: 1,
  refused: 2,
  refusals: [
    { line: 7, column: 'Price', value: '12.345', reason: 'This can mean two things.' },
    { line: 9, column: null, value: '', reason: 'The row has 4 cells.' },
  ],
  refusalsLeftOut: 0,
}

describe('formatReport', () => {
  it('reads from the whole to the part', () => {
    expect(formatReport(report)).toBe(
      [
        'courses.csv: CSV in utf-8, separated by semicolons.',
        'Not used: the column "Colour", there is no such field.',
        'Taken from the columns’ names: type is course.',
        '12,000 rows read: 11,997 accepted, 1 repeated, 2 refused.',
        '  line 7, Price "12.345": This can mean two things.',
        '  line 9: The row has 4 cells.',
        '',
      ].join('\n'),
    )
  })

  it('counts what it does not show', () => {
    const text = formatReport({ ...report, refusalsLeftOut: 1000 }, { limit: 1 })
    expect(text).toContain('line 7')
    expect(text).not.toContain('line 9')
    expect(text).toContain('… and 1,001 more.')
  })

  it('lets no file write to the terminal', () => {
    const refusals = [{ line: 1, column: 'a\u001b[2Jb', value: '\u001b]0;x\u0007\n\u202e', reason: 'No.' }]
    const text = formatReport({ ...report, refusals })
    expect(text).toContain('a\\u001b[2Jb "\\u001b]0;x\\u0007\\u000a\\u202e": No.')
  })
})

describe('shortened', () => {
  it('keeps sixty characters, and cuts no character in half', () => {
    expect(shortened('x'.repeat(60))).toBe('x'.repeat(60))
    expect(shortened('🌻'.repeat(1000))).toBe(`${'🌻'.repeat(59)}…`)
  })
})
