import type { Json, PlatformUnknown } from '@bursar/core'
import type { ApiAnswer, OpenEdxApi } from './openedx-api.ts'
import { type EnrolmentState, isObject, NOT_ENROLLED } from './openedx-target.ts'

/** Whose enrolment, and in which course. */
export interface EnrolmentKey {
  readonly user: string
  readonly course: string
}

/** An enrolment as the LMS tells it. */
export interface Enrolment extends EnrolmentState {
  /** When the row was made, as written, or null. */
  readonly created: string | null
  /** When the course begins, as written, or null. */
  readonly courseStart: string | null
}

/** Why there is no enrolment to go by: nobody knows, or staff must set something right first. */
type NoEnrolment = PlatformUnknown | { outcome: 'refused'; reason: string }

/** The enrolment of exactly this user in exactly this course, or why it is not known. */
export async function readEnrolment(api: OpenEdxApi, key: EnrolmentKey): Promise<Enrolment | NoEnrolment> {
  const path = `/api/enrollment/v1/enrollment/${encodeURIComponent(key.user)},${encodeURIComponent(key.course)}`
  const answer = await api('GET', path)
  if (answer.outcome === 'unknown') return answer
  if (answer.outcome === 'refused') {
    if (answer.status === 400) return { outcome: 'refused', reason: `not_read: ${answer.reason}` }
    // Who may not see it gets 404 as if it were not there: that is no "not enrolled".
    return { outcome: 'unknown', reason: `the enrolment is not shown (${answer.reason}): is the service user staff?` }
  }
  if (answer.body === null) return { ...NOT_ENROLLED, created: null, courseStart: null }
  return enrolmentIn(answer.body, key)
}

/** Reads an enrolment; what is another user's or another course's is nobody's answer. */
export function enrolmentIn(body: Json, { user, course }: EnrolmentKey): Enrolment | NoEnrolment {
  const details = isObject(body) ? body.course_details : undefined
  if (!isObject(body) || !isObject(details) || typeof body.is_active !== 'boolean' || typeof body.mode !== 'string') {
    return { outcome: 'unknown', reason: 'the answer is no enrolment' }
  }
  if (body.user !== user && sameLetters(body.user, user)) {
    return { outcome: 'refused', reason: 'learner_unknown: the platform writes the learner’s name in other letters.' }
  }
  if (body.user !== user || details.course_id !== course) {
    return { outcome: 'unknown', reason: 'the answer is about another user or another course' }
  }
  return {
    ...(body.is_active ? { enrolled: true, mode: body.mode } : NOT_ENROLLED),
    created: textOf(body.created),
    courseStart: textOf(details.course_start),
  }
}

/** A change of an enrolment. */
export interface EnrolmentChange extends EnrolmentKey {
  readonly mode: string
  readonly isActive: boolean
  /** Of the mode `credit`. */
  readonly creditProvider?: string | undefined
  /** The order's number, kept with the enrolment; absent where something is taken back. */
  readonly orderNumber?: string | undefined
  /** Past the mode's deadline and the course's enrolment window: a right of global staff. */
  readonly force?: boolean | undefined
}

/** Asks for a change. What the LMS then has must be read from the answer: 200 alone says nothing. */
export function writeEnrolment(api: OpenEdxApi, change: EnrolmentChange): Promise<ApiAnswer> {
  const { user, course, mode, isActive, creditProvider, orderNumber, force = false } = change
  const attributes = [
    ...(orderNumber === undefined ? [] : [{ namespace: 'order', name: 'order_number', value: orderNumber }]),
    ...(creditProvider === undefined ? [] : [{ namespace: 'credit', name: 'provider_id', value: creditProvider }]),
  ]
  return api('POST', '/api/enrollment/v1/enrollment', {
    ...{ user, mode, is_active: isActive, course_details: { course_id: course } },
    ...(attributes.length === 0 ? {} : { enrollment_attributes: attributes }),
    ...(force ? { force_enrollment: true } : {}),
  })
}

/** All active enrolments of a user: of older releases a list, of newer ones pages. */
export async function listEnrolments(
  api: OpenEdxApi,
  user: string,
): Promise<{ course: string; mode: string }[] | PlatformUnknown> {
  const found: { course: string; mode: string }[] = []
  let path: string | null = `/api/enrollment/v1/enrollment?user=${encodeURIComponent(user)}&page_size=100`
  while (path !== null) {
    const answer: ApiAnswer = await api('GET', path)
    if (answer.outcome === 'unknown') return answer
    if (answer.outcome === 'refused') return { outcome: 'unknown', reason: answer.reason }
    const page = pageOf(answer.body)
    if (page === null) return { outcome: 'unknown', reason: 'the answer is no list' }
    for (const row of page.rows) {
      const course = isObject(row) && isObject(row.course_details) ? row.course_details.course_id : undefined
      const enrolment = typeof course === 'string' ? enrolmentIn(row, { user, course }) : null
      if (enrolment === null) return { outcome: 'unknown', reason: 'the list holds what is no enrolment' }
      if ('outcome' in enrolment) return { outcome: 'unknown', reason: enrolment.reason }
      if (enrolment.mode !== null && typeof course === 'string') found.push({ course, mode: enrolment.mode })
    }
    path = page.next
  }
  return found
}

/** A page: the rows, and the path of the next. Null for what is none. */
export function pageOf(body: Json): { rows: readonly Json[]; next: string | null } | null {
  if (Array.isArray(body)) return { rows: body as readonly Json[], next: null } // of JSON
  if (!isObject(body) || !Array.isArray(body.results)) return null
  const { pagination } = body
  const next = isObject(pagination) ? pagination.next : body.next
  return { rows: body.results as readonly Json[], next: typeof next === 'string' ? pathOf(next) : null }
}

/** Only the path is followed, so that no answer sends the token to another host. The root of an LMS may end in a slash. */
function pathOf(link: string): string | null {
  if (!URL.canParse(link, ANY_HOST)) return null
  const { pathname, search } = new URL(link, ANY_HOST)
  return `${pathname.replace(/^\/*/, '/')}${search}`
}

const ANY_HOST = 'https://lms.invalid'

/** The platform's database may find a user whose name is written in other case; the right one is for staff to write. */
function sameLetters(found: Json | undefined, user: string): boolean {
  return typeof found === 'string' && found.toLowerCase() === user.toLowerCase()
}

function textOf(value: Json | undefined): string | null {
  return typeof value === 'string' ? value : null
}
