import { zipfRank } from '../load/zipf.ts'

/** Lines of each cart. */
export const LINES = 3
/** Digits of the number that an id ends with. */
const DIGITS = 9
/** Between two records, in milliseconds: a million of them are of 42 days. */
export const APART = 3660
/** Where in an id its milliseconds stand, ten characters of 5 bits. */
const TIME = { from: 4, until: 14 }
const CROCKFORD = '0123456789abcdefghjkmnpqrstvwxyz'

/** The id of the n-th record that was made after a template: later, with its number, and for the rest the template's. */
export function nthId(template: string, n: number): string {
  let milliseconds = n * APART
  for (let place = TIME.from, unit = 32 ** 9; place < TIME.until; place += 1, unit /= 32) {
    milliseconds += CROCKFORD.indexOf(template[place] ?? '') * unit
  }
  let time = ''
  for (let left = milliseconds; time.length < TIME.until - TIME.from; left = Math.floor(left / 32)) {
    time = `${CROCKFORD[left % 32]}${time}`
  }
  return template.slice(0, TIME.from) + time + template.slice(TIME.until, -DIGITS) + String(n).padStart(DIGITS, '0')
}

/** The word of a course's title that no other has, nor begins with. */
export const courseWord = (course: number): string => String(course).padStart(DIGITS, '0')

/**
 * Which courses are in the n-th cart, and last which one its owner has bought: each another, drawn by Zipf's law of so many,
 * always the same for the same cart.
 */
export function coursesOf(n: number, count: number): number[] {
  const courses: number[] = []
  for (let place = 0; place <= LINES; place += 1) {
    let course = zipfRank(count, spread(n * (LINES + 1) + place))
    while (courses.includes(course)) course = (course + 1) % count
    courses.push(course)
  }
  return courses
}

/** From 0 to below 1, evenly, the same for the same number (the last step of MurmurHash3). */
function spread(n: number): number {
  let mixed = (n + 1) | 0
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b)
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35)
  return ((mixed ^ (mixed >>> 16)) >>> 0) / 2 ** 32
}
