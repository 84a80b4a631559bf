import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addMilliseconds, fromInstant, toInstant } from './instant.ts'
import { addDays, localDate, localDateTimeToInstant, startOfLocalDay } from './time-zone.ts'

const zones = ['Europe/Berlin', 'America/New_York', 'America/Sao_Paulo', 'Africa/Cairo', 'Australia/Lord_Howe']
const zone = fc.constantFrom(...zones, 'America/Havana', 'Pacific/Apia', 'Asia/Kolkata', 'America/St_Johns', 'UTC')
const moment = fc.integer({
  min: fromInstant('1950-01-01T00:00:00.000Z'),
  max: fromInstant('2040-01-01T00:00:00.000Z'),
})

describe('days in a zone, for all instants', () => {
  it('begin at their first millisecond, and not one before', () => {
    fc.assert(
      fc.property(moment, zone, (milliseconds, timeZone) => {
        const date = localDate(toInstant(milliseconds), timeZone)
        const start = startOfLocalDay(date, timeZone)
        expect(localDate(start, timeZone)).toBe(date)
        expect(localDate(addMilliseconds(start, -1), timeZone) < date).toBe(true)
        expect(fromInstant(start)).toBeLessThanOrEqual(milliseconds)
        expect(milliseconds).toBeLessThan(fromInstant(startOfLocalDay(addDays(date, 1), timeZone)))
      }),
      { numRuns: 1000 },
    )
  })

  it('show the local time that was asked for, or skip it on a day when clocks change', () => {
    const time = fc.tuple(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 }))
    fc.assert(
      fc.property(moment, time, zone, (milliseconds, [hour, minute], timeZone) => {
        const date = localDate(toInstant(milliseconds), timeZone)
        const text = `${date}T${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`
        const found = localDateTimeToInstant(text, timeZone)
        const wanted = `${text.slice(11)}:00`
        const shown = new Date(found).toLocaleTimeString('en-GB', { timeZone })
        const length =
          fromInstant(startOfLocalDay(addDays(date, 1), timeZone)) - fromInstant(startOfLocalDay(date, timeZone))
        if (length >= 86_400_000) expect([localDate(found, timeZone), shown]).toEqual([date, wanted])
        else expect(shown >= wanted).toBe(true)
      }),
      { numRuns: 1000 },
    )
  })
})
