import { describe, expect, it } from 'vitest'
import { parseImportInstant } from './import-instant.ts'

const read: readonly (readonly [text: string, instant: string])[] = [
  ['2026-09-01T21:59:00Z', '2026-09-01T21:59:00.000Z'],
  ['2026-09-01T21:59:00.123456Z', '2026-09-01T21:59:00.123Z'],
  ['2026-09-01 21:59:00+00:00', '2026-09-01T21:59:00.000Z'],
  ['2026-09-01 23:59+02:00', '2026-09-01T21:59:00.000Z'],
  ['2026-09-01T23:59:00-0330', '2026-09-02T03:29:00.000Z'],
  ['2026-09-01 21:59 UTC', '2026-09-01T21:59:00.000Z'],
  ['2026-09-01 23:59', '2026-09-01T21:59:00.000Z'],
  ['2026-09-01T23:59', '2026-09-01T21:59:00.000Z'],
  ['2026-12-01 9:05', '2026-12-01T08:05:00.000Z'],
  ['2026-09-01', '2026-08-31T22:00:00.000Z'],
  ['2026/9/1', '2026-08-31T22:00:00.000Z'],
  ['2026.09.01', '2026-08-31T22:00:00.000Z'],
  ['31.12.2026', '2026-12-30T23:00:00.000Z'],
  ['31/12/2026 18:00', '2026-12-31T17:00:00.000Z'],
  ['12/31/2026', '2026-12-30T23:00:00.000Z'],
  ['13-1-2026', '2026-01-12T23:00:00.000Z'],
  ['05.05.2026', '2026-05-04T22:00:00.000Z'],
]

const refused: readonly (readonly [text: string, reason: RegExp])[] = [
  ['03/04/2026', /^This can mean 2026-03-04 or 2026-04-03: write the year first, or name the date order of the file$/],
  ['3.4.2026', /year first/],
  ['12/12/26', /two digits/],
  ['03-04-26', /two digits/],
  ['31/04/2026', /calendar/],
  ['31/31/2026', /calendar/],
  ['31.12/2026', /not a date/],
  ['2026-02-30', /calendar/],
  ['2026-13-01', /calendar/],
  ['2026-09-01 24:00', /not a time/],
  ['2026-09-01 11:59 PM', /not a time/],
  ['2026-09/01', /not a date/],
  ['46266', /not a date/],
  ['0000-01-01T00:00:00+01:00', /too far away/],
  ['0000-01-01', /too far away/],
  ['9999-12-31T23:59:00-01:00', /too far away/],
  ['tomorrow', /not a date/],
  ['1 September 2026', /not a date/],
]

describe('parseImportInstant', () => {
  const options = { timeZone: 'Europe/Berlin', dateMeans: 'start_of_day' } as const

  it.each(read)('reads %j', (text, instant) => {
    expect(parseImportInstant(text, options)).toEqual({ ok: true, value: instant })
  })

  it.each(refused)('refuses %j', (text, reason) => {
    expect(parseImportInstant(text, options)).toEqual({ ok: false, reason: expect.stringMatching(reason) })
  })

  it.each([
    ['day_first', '03/04/2026', '2026-04-02T22:00:00.000Z'],
    ['month_first', '03/04/2026', '2026-03-03T23:00:00.000Z'],
    ['month_first', '3.4.2026 12:00', '2026-03-04T11:00:00.000Z'],
    ['day_first', '2026-03-04', '2026-03-03T23:00:00.000Z'],
  ] as const)('with the %s reads %j', (dateOrder, text, value) => {
    expect(parseImportInstant(text, { ...options, dateOrder })).toEqual({ ok: true, value })
  })

  it('takes no date in another order than the one that is named', () => {
    const refusal = { ok: false, reason: 'The calendar has no such date' }
    expect(parseImportInstant('12/31/2026', { ...options, dateOrder: 'day_first' })).toEqual(refusal)
    expect(parseImportInstant('31.12.2026', { ...options, dateOrder: 'month_first' })).toEqual(refusal)
  })

  it('lets a deadline include its day, also the longer one when clocks go back', () => {
    const end = { timeZone: 'Europe/Berlin', dateMeans: 'end_of_day' } as const
    expect(parseImportInstant('2026-09-01', end)).toEqual({ ok: true, value: '2026-09-01T22:00:00.000Z' })
    expect(parseImportInstant('2026-10-25', end)).toEqual({ ok: true, value: '2026-10-25T23:00:00.000Z' })
    expect(parseImportInstant('2026-09-01 12:00', end)).toEqual({ ok: true, value: '2026-09-01T10:00:00.000Z' })
  })
})
