import type { Json } from '@bursar/core'

/** What a variant delivers at Open edX. */
export interface OpenEdxTarget {
  /** Course key, such as `course-v1:Example+AB101+2026`. */
  readonly course: string
  /** Slug of the course mode, such as `verified`. */
  readonly mode: string
  /** Id of the credit provider, which the platform asks for in the mode `credit`. */
  readonly creditProvider?: string | undefined
}

/** A learner's state in a course; mode null: not enrolled. */
export interface EnrolmentState {
  readonly enrolled: boolean
  readonly mode: string | null
}

/** Nobody is enrolled. */
export const NOT_ENROLLED: EnrolmentState = { enrolled: false, mode: null }

/** Modes from the lowest on: a higher one includes what a lower one gives. */
export const OPENEDX_MODES: readonly string[] = [
  ...['audit', 'honor', 'verified', 'no-id-professional', 'professional', 'credit', 'masters'],
]

/** The mode that wants a provider. */
export const CREDIT = 'credit'

const MEMBERS = ['course', 'mode', 'creditProvider']
const LONGEST_KEY = 255

/** Reads a target, or says what is wrong with it. */
export function readTarget(target: Json, modes: readonly string[]): OpenEdxTarget | string {
  if (!isObject(target)) return 'The target is an object { course, mode }.'
  const { course, mode, creditProvider } = target
  const surplus = Object.keys(target).find((name) => !MEMBERS.includes(name))
  if (surplus !== undefined) return `The target has no member ${JSON.stringify(surplus)}.`
  if (typeof course !== 'string' || course.length > LONGEST_KEY || !/^[^\s/?#,]+$/.test(course)) {
    return 'target.course is a course key, such as course-v1:Example+AB101+2026.'
  }
  if (typeof mode !== 'string' || !modes.includes(mode)) return `target.mode is one of ${modes.join(', ')}.`
  if (creditProvider === undefined) return { course, mode }
  if (mode !== CREDIT) return 'target.creditProvider stands with the mode credit alone.'
  if (typeof creditProvider !== 'string' || !/^[\w-]{1,255}$/.test(creditProvider)) {
    return 'target.creditProvider is the id of a credit provider: letters, digits, - and _.'
  }
  return { course, mode, creditProvider }
}

/** Reads a target that is to be delivered: one that was delivered before the platform asked for a provider can be withdrawn. */
export function readNewTarget(target: Json, modes: readonly string[]): OpenEdxTarget | string {
  const read = readTarget(target, modes)
  if (typeof read === 'string' || read.mode !== CREDIT || read.creditProvider !== undefined) return read
  return 'target.creditProvider is missing: the platform enrols nobody for credit without its provider.'
}

/** Reads a state that was remembered; what is none counts as not enrolled. */
export function readState(before: Json | null): EnrolmentState {
  if (!isObject(before) || before.enrolled !== true || typeof before.mode !== 'string') return NOT_ENROLLED
  return { enrolled: true, mode: before.mode }
}

/** Is it an object, and no list? */
export function isObject(value: unknown): value is { readonly [name: string]: Json | undefined } {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
