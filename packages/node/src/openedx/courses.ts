import type { Json, PlatformUnknown } from '@bursar/core'
import type { OpenEdxApi } from './openedx-api.ts'
import { isObject } from './openedx-target.ts'

/** A course as the enrolment API tells it. */
export interface Course {
  /** ISO instants, UTC, or null. */
  readonly enrolmentStart: string | null
  readonly enrolmentEnd: string | null
  /** Also those that have expired. */
  readonly modes: readonly { readonly slug: string; readonly expiresAt: string | null }[]
}

/** A course with all its modes, or why not. */
export async function readCourse(
  api: OpenEdxApi,
  id: string,
): Promise<{ outcome: 'found'; course: Course } | { outcome: 'refused'; reason: string } | PlatformUnknown> {
  const answer = await api('GET', `/api/enrollment/v1/course/${encodeURIComponent(id)}?include_expired=1`)
  if (answer.outcome === 'unknown') return answer
  if (answer.outcome === 'refused') return { outcome: 'refused', reason: `course_unknown: ${answer.reason}` }
  const { body } = answer
  if (!isObject(body) || body.course_id !== id || !Array.isArray(body.course_modes)) {
    return { outcome: 'unknown', reason: 'the answer is about no course, or another' }
  }
  const modes = (body.course_modes as readonly Json[]).flatMap((mode) =>
    isObject(mode) && typeof mode.slug === 'string'
      ? [{ slug: mode.slug, expiresAt: instantIn(mode.expiration_datetime) }]
      : [],
  )
  const [enrolmentStart, enrolmentEnd] = [instantIn(body.enrollment_start), instantIn(body.enrollment_end)]
  return { outcome: 'found', course: { enrolmentStart, enrolmentEnd, modes } }
}

function instantIn(value: Json | undefined): string | null {
  return typeof value === 'string' && !Number.isNaN(Date.parse(value)) ? new Date(value).toISOString() : null
}
