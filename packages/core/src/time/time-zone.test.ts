import { describe, expect, it } from 'vitest'
import { addDays, isTimeZone, localDate, localDateTimeToInstant, localWeekday, startOfLocalDay } from './time-zone.ts'

describe('isTimeZone', () => {
  it.each(['Europe/Berlin', 'America/Argentina/Buenos_Aires', 'UTC', 'Asia/Kathmandu'])('knows %s', (zone) => {
    expect(isTimeZone(zone)).toBe(true)
  })

  it.each(['', 'Europe/Nowhere', '+01:00', '-0500', 'Berlin', 'Europe/Berlin ', 'undefined'])(
    'does not know %j',
    (zone) => {
      expect(isTimeZone(zone)).toBe(false)
    },
  )
})

describe('localDate and localWeekday', () => {
  it.each([
    ['2026-03-28T22:59:59.999Z', 'Europe/Berlin', '2026-03-28', 6],
    ['2026-03-28T23:00:00.000Z', 'Europe/Berlin', '2026-03-29', 7],
    ['2026-03-29T21:59:59.999Z', 'Europe/Berlin', '2026-03-29', 7],
    ['2026-03-29T22:00:00.000Z', 'Europe/Berlin', '2026-03-30', 1],
    ['2026-01-01T04:59:59.999Z', 'America/New_York', '2025-12-31', 3],
    ['2026-01-01T10:00:00.000Z', 'Pacific/Kiritimati', '2026-01-02', 5],
    ['2024-02-29T12:00:00.000Z', 'UTC', '2024-02-29', 4],
    ['1969-12-31T23:59:59.999Z', 'UTC', '1969-12-31', 3],
  ])('%s in %s is %s, day %i', (instant, zone, date, weekday) => {
    expect(localDate(instant, zone)).toBe(date)
    expect(localWeekday(instant, zone)).toBe(weekday)
  })

  it('refuse what is no instant and no zone', () => {
    expect(() => localDate('2026-03-29', 'UTC')).toThrow(RangeError)
    expect(() => localDate('2026-03-29T00:00:00.000Z', 'Europe/Nowhere')).toThrow(RangeError)
  })
})

describe('localDateTimeToInstant', () => {
  it.each([
    ['2026-03-29T01:59:59.999', 'Europe/Berlin', '2026-03-29T00:59:59.999Z'],
    ['2026-03-29T03:00', 'Europe/Berlin', '2026-03-29T01:00:00.000Z'],
    ['2026-07-01T12:00:30', 'Europe/Berlin', '2026-07-01T10:00:30.000Z'],
    ['2026-07-01T12:00', 'Asia/Kathmandu', '2026-07-01T06:15:00.000Z'],
    ['2026-07-01T12:00', 'UTC', '2026-07-01T12:00:00.000Z'],
  ])('%s in %s is %s', (local, zone, expected) => {
    expect(localDateTimeToInstant(local, zone)).toBe(expected)
  })

  it.each([
    ['2026-03-29T02:00', 'Europe/Berlin', '2026-03-29T01:00:00.000Z'],
    ['2026-03-29T02:30', 'Europe/Berlin', '2026-03-29T01:30:00.000Z'],
    ['2026-03-29T02:59:59.999', 'Europe/Berlin', '2026-03-29T01:59:59.999Z'],
    ['2026-03-08T02:30', 'America/New_York', '2026-03-08T07:30:00.000Z'],
    ['2026-10-04T02:15', 'Australia/Lord_Howe', '2026-10-03T15:45:00.000Z'],
  ])('reads %s, which clocks in %s skip, by the offset before: %s', (local, zone, expected) => {
    expect(localDateTimeToInstant(local, zone)).toBe(expected)
  })

  it.each([
    ['2026-10-25T02:00', 'Europe/Berlin', '2026-10-25T00:00:00.000Z'],
    ['2026-10-25T02:59:59.999', 'Europe/Berlin', '2026-10-25T00:59:59.999Z'],
    ['2026-10-25T03:00', 'Europe/Berlin', '2026-10-25T02:00:00.000Z'],
    ['2026-11-01T01:30', 'America/New_York', '2026-11-01T05:30:00.000Z'],
    ['2026-04-05T01:45', 'Australia/Lord_Howe', '2026-04-04T14:45:00.000Z'],
  ])('takes the first %s that clocks in %s show: %s', (local, zone, expected) => {
    expect(localDateTimeToInstant(local, zone)).toBe(expected)
  })

  it.each([
    '2026-03-29',
    '2026-03-29T24:00',
    '2026-03-29T12:60',
    '2026-02-30T12:00',
    '2026-03-29T12:00Z',
    '2026-03-29T12',
  ])('refuses %j', (local) => {
    expect(() => localDateTimeToInstant(local, 'UTC')).toThrow(RangeError)
  })
})

describe('startOfLocalDay', () => {
  it.each([
    // Clocks jump from 24:00 to 01:00: the day has no midnight.
    ['2026-04-24', 'Africa/Cairo', '2026-04-23T22:00:00.000Z'],
    ['2018-11-04', 'America/Sao_Paulo', '2018-11-04T03:00:00.000Z'],
    // They jump from 23:30 to 00:30, so the day begins at the jump and not an hour after midnight.
    ['1919-03-31', 'America/Toronto', '1919-03-31T04:30:00.000Z'],
    // Midnight comes twice; the day begins with the first.
    ['2026-11-01', 'America/Havana', '2026-11-01T04:00:00.000Z'],
    // They fall back from 24:00 to 23:00: the hour before midnight comes twice, midnight once.
    ['2018-02-18', 'America/Sao_Paulo', '2018-02-18T03:00:00.000Z'],
    // The islands never had this date.
    ['2011-12-30', 'Pacific/Apia', '2011-12-30T10:00:00.000Z'],
    ['2011-12-31', 'Pacific/Apia', '2011-12-30T10:00:00.000Z'],
  ])('%s in %s is %s', (date, zone, expected) => {
    expect(startOfLocalDay(date, zone)).toBe(expected)
  })

  it('refuses dates that do not exist', () => {
    for (const date of ['2026-02-29', '2026-13-01', '2026-3-1', '2026-03-29T00:00']) {
      expect(() => startOfLocalDay(date, 'UTC')).toThrow(RangeError)
      expect(() => addDays(date, 1)).toThrow(RangeError)
    }
  })
})

describe('addDays', () => {
  it.each([
    ['2026-03-28', 1, '2026-03-29'],
    ['2026-12-31', 1, '2027-01-01'],
    ['2024-02-28', 1, '2024-02-29'],
    ['2024-03-01', -1, '2024-02-29'],
    ['2026-03-29', 0, '2026-03-29'],
  ])('%s and %i is %s', (date, days, expected) => {
    expect(addDays(date, days)).toBe(expected)
  })
})
