import { describe, expect, it } from 'vitest'
import { addMilliseconds } from './instant.ts'
import { addDays, localDateTimeToInstant, startOfLocalDay } from './time-zone.ts'
import { isWithin } from './window.ts'

describe('a window', () => {
  const from = '2026-03-01T00:00:00.000Z'
  const until = '2026-04-01T00:00:00.000Z'

  it('holds its first instant and not its last', () => {
    expect(isWithin({ from, until }, addMilliseconds(from, -1))).toBe(false)
    expect(isWithin({ from, until }, from)).toBe(true)
    expect(isWithin({ from, until }, addMilliseconds(until, -1))).toBe(true)
    expect(isWithin({ from, until }, until)).toBe(false)
  })

  it.each([undefined, null])('has no bound where one is %s', (none) => {
    expect(isWithin({ from: none, until: none }, from)).toBe(true)
    expect(isWithin({ from, until: none }, '9999-12-31T23:59:59.999Z')).toBe(true)
    expect(isWithin({ from, until: none }, addMilliseconds(from, -1))).toBe(false)
    expect(isWithin({ from: none, until }, '0000-01-01T00:00:00.000Z')).toBe(true)
    expect(isWithin({ from: none, until }, until)).toBe(false)
    expect(isWithin({}, from)).toBe(true)
  })

  it('is empty where it ends as it starts', () => {
    expect(isWithin({ from, until: from }, from)).toBe(false)
    expect(isWithin({ from: until, until: from }, from)).toBe(false)
  })
})

describe('a window set in local dates, on days when clocks change', () => {
  it.each([
    // zone, date, first instant, length in hours
    ['Europe/Berlin', '2026-03-29', '2026-03-28T23:00:00.000Z', 23],
    ['Europe/Berlin', '2026-10-25', '2026-10-24T22:00:00.000Z', 25],
    ['Europe/Berlin', '2026-07-01', '2026-06-30T22:00:00.000Z', 24],
    ['America/New_York', '2026-03-08', '2026-03-08T05:00:00.000Z', 23],
    ['America/New_York', '2026-11-01', '2026-11-01T04:00:00.000Z', 25],
    ['Australia/Lord_Howe', '2026-04-05', '2026-04-04T13:00:00.000Z', 24.5],
    ['America/Havana', '2026-03-08', '2026-03-08T05:00:00.000Z', 23],
    ['Asia/Kolkata', '2026-03-29', '2026-03-28T18:30:00.000Z', 24],
    ['UTC', '2026-03-29', '2026-03-29T00:00:00.000Z', 24],
  ])('%s %s begins at %s and lasts %d hours', (zone, date, begins, hours) => {
    const window = { from: startOfLocalDay(date, zone), until: startOfLocalDay(addDays(date, 1), zone) }
    expect(window).toEqual({ from: begins, until: addMilliseconds(begins, hours * 3_600_000) })
    expect(isWithin(window, addMilliseconds(window.from, -1))).toBe(false)
    expect(isWithin(window, window.from)).toBe(true)
    expect(isWithin(window, addMilliseconds(window.until, -1))).toBe(true)
    expect(isWithin(window, window.until)).toBe(false)
  })

  it('set in local times, opens and closes to the millisecond', () => {
    const window = {
      from: localDateTimeToInstant('2026-03-29T02:30', 'Europe/Berlin'),
      until: localDateTimeToInstant('2026-10-25T02:30', 'Europe/Berlin'),
    }
    expect(isWithin(window, '2026-03-29T01:29:59.999Z')).toBe(false)
    expect(isWithin(window, '2026-03-29T01:30:00.000Z')).toBe(true)
    expect(isWithin(window, '2026-10-25T00:29:59.999Z')).toBe(true)
    expect(isWithin(window, '2026-10-25T00:30:00.000Z')).toBe(false)
  })
})
