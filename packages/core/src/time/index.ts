export { addMilliseconds, fromInstant, type Instant, isInstant, toInstant } from './instant.ts'
export { isWindow } from './is-window.ts'
export {
  addDays,
  isDate,
  isTimeZone,
  localDate,
  localDateTimeToInstant,
  localTime,
  localWeekday,
  startOfLocalDay,
} from './time-zone.ts'
export { isWithin, type Window } from './window.ts'
