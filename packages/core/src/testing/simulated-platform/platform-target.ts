import type { Json } from '../../json/index.ts'
import { COURSE_MODES, type CourseMode, type EnrolmentState, type PlatformTarget } from './platform-course.ts'

/** Reads a target, or says what is wrong with it. */
export function readTarget(target: Json): PlatformTarget | string {
  if (!isObject(target)) return 'The target is an object { course, mode }.'
  const { course, mode } = target
  const surplus = Object.keys(target).find((name) => name !== 'course' && name !== 'mode')
  if (surplus !== undefined) return `The target has no member ${JSON.stringify(surplus)}.`
  if (typeof course !== 'string' || course.length === 0 || course.length > 255) {
    return 'target.course is the id of a course, 1 to 255 characters.'
  }
  if (!isCourseMode(mode)) return `target.mode is one of ${COURSE_MODES.join(', ')}.`
  return { course, mode }
}

/** Reads a state that `deliver` answered as `before`; what is none counts as not enrolled. */
export function readState(before: Json | null): EnrolmentState {
  if (!isObject(before) || before.enrolled !== true || !isCourseMode(before.mode))
    return { enrolled: false, mode: null }
  return { enrolled: true, mode: before.mode }
}

function isObject(value: Json | null): value is { readonly [name: string]: Json | undefined } {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function isCourseMode(value: unknown): value is CourseMode {
  return COURSE_MODES.some((mode) => mode === value)
}
