import { type OptionCheck, optionProblems } from '@bursar/core'

/** The longest wait of Node's timers, of PostgreSQL's limits and of SQLite, in milliseconds. */
export const LONGEST_WAIT_MS = 2_147_483_647

/**
 * Options of a function that a host calls before any configuration is checked.
 *
 * @throws TypeError that names the function, for options that are not known or of the wrong kind
 */
export function assertOptions(options: unknown, checks: { readonly [name: string]: OptionCheck }, name: string): void {
  const problems = optionProblems(options, checks)
  if (problems.length > 0) throw new TypeError(`${name}: ${problems.join(' ')}`)
}

/** What is checked elsewhere. */
export const known: OptionCheck = () => []

/** A value of this type, where one is given. */
export function one(type: 'string' | 'boolean' | 'function', what: string): OptionCheck {
  return (value, name) => (value === undefined || typeof value === type ? [] : [`${name} must be ${what}.`])
}

/** A whole number, where one is given. Infinity is no limit, where there may be none. */
export function whole(least: number, most = Number.POSITIVE_INFINITY): OptionCheck {
  const range = most === Number.POSITIVE_INFINITY ? `${least} or more` : `${least} to ${most}`
  return (value, name) => {
    const isWhole = Number.isInteger(value) || value === most
    const isFine = value === undefined || (isWhole && Number(value) >= least && Number(value) <= most)
    return isFine ? [] : [`${name} must be a whole number, ${range}.`]
  }
}

/** A number, where one is given, whole or not. Infinity is no limit, where there may be none. */
export function between(least: number, most = Number.POSITIVE_INFINITY, hint = ''): OptionCheck {
  const range = most === Number.POSITIVE_INFINITY ? `${least} or more` : `${least} to ${most}`
  return (value, name) => {
    const isFine = value === undefined || (typeof value === 'number' && value >= least && value <= most)
    return isFine ? [] : [`${name} must be a number, ${range}${hint}.`]
  }
}

/** Options of an option. */
export function members(checks: { readonly [name: string]: OptionCheck }): OptionCheck {
  return (value, name) => (value === undefined ? [] : optionProblems(value, checks, name))
}
