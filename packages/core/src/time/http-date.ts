/** Whole seconds from one HTTP date to another, rounded up; NaN where either is none. @see RFC 9110, section 5.6.7 */
export function secondsBetween(from: string, to: string): number {
  return Math.ceil((Date.parse(to) - Date.parse(from)) / 1000)
}
