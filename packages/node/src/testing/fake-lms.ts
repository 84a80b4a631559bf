import { HttpResponse, http, type JsonBodyType } from 'msw'

/** Address of the LMS that tests talk to. */
export const LMS = 'https://learn.example.org'

/** A course as the platform's staff set it up. */
export interface LmsCourse {
  readonly id: string
  readonly name?: string
  readonly modes: readonly { readonly slug: string; readonly expires?: string; readonly price?: number }[]
  readonly enrolmentEnd?: string
  readonly start?: string
  readonly isFull?: boolean
}

interface Row {
  mode: string
  isActive: boolean
  created: string
}

/** One enrolment, a change of one, or anything else that is read. */
type Kind = 'read' | 'write' | 'list'

/** What may go wrong with the next request of a kind. */
export type Mishap = 'lost' | 'lost_after' | 'error_after' | 'page' | 'login' | 'other_user' | 'expired' | 'throttled'

/**
 * An Open edX whose answers have the shapes and statuses that its sources have: `null` for who is not enrolled, 400 for a
 * replay after the deadline, 200 with the old mode for who is not privileged. `now` is its clock.
 */
export class FakeLms {
  readonly rows = new Map<string, Row>()
  readonly changes: { user: string; course: string; order: string | null; mode: string; isActive: boolean }[] = []
  readonly requests: string[] = []
  /** Is the service user global staff? And does the release know `force_enrollment`? */
  isStaff = true
  knowsForce = true
  /** Lists come in pages of so many; null: as one list. */
  pageSize: number | null = null
  /** Its address as it writes it in links. */
  root = LMS
  tokens = 0
  now: string
  readonly #courses: Map<string, LmsCourse>
  readonly #mishaps: { kind: Kind | 'ask'; what: Mishap }[] = []

  constructor(now: string, courses: readonly LmsCourse[]) {
    this.now = now
    this.#courses = new Map(courses.map((course) => [course.id, course]))
  }

  forgetForce(): void {
    this.knowsForce = false
  }

  /** The next request of this kind goes so; `ask`: whichever reads. */
  mishap(kind: Kind | 'ask', what: Mishap): void {
    this.#mishaps.push({ kind, what })
  }

  enrol(user: string, course: string, mode: string): void {
    this.rows.set(`${user},${course}`, { mode, isActive: true, created: this.now })
  }

  modeOf(user: string, course: string): string | null {
    const row = this.rows.get(`${user},${course}`)
    return row?.isActive ? row.mode : null
  }

  handlers() {
    const course = (id: unknown) => this.#courses.get(String(id))
    return [
      http.post(`${LMS}/oauth2/access_token`, async ({ request }) => {
        const form = new URLSearchParams(await request.text())
        const isRight = form.get('grant_type') === 'client_credentials' && form.get('token_type') === 'jwt'
        if (!isRight || form.get('client_secret') !== 'secret') {
          return HttpResponse.json({ error: 'invalid_client' }, { status: 401 })
        }
        this.tokens += 1
        const body = { access_token: `token-${this.tokens}`, expires_in: 3600, token_type: 'JWT', scope: 'read write' }
        return HttpResponse.json(body)
      }),
      http.get(`${LMS}/api/enrollment/v1/enrollment/:key`, ({ request, params }) =>
        this.#answer('read', request, () => {
          const [asked = '', id = ''] = String(params.key).split(',')
          if (!id.startsWith('course-v1:'))
            return HttpResponse.json({ message: `No course key: ${id}` }, { status: 400 })
          const user = asked.toLowerCase() // its database compares so
          const row = this.rows.get(`${user},${id}`)
          return row === undefined ? HttpResponse.json(null) : HttpResponse.json(this.#enrolment(user, id, row))
        }),
      ),
      http.get(`${LMS}/api/enrollment/v1/enrollment`, ({ request }) =>
        this.#answer('list', request, () => this.#list(new URL(request.url))),
      ),
      http.get(`${LMS}/api/enrollment/v1/course/:id`, ({ request, params }) =>
        this.#answer('list', request, () => {
          const found = course(params.id)
          return found === undefined
            ? HttpResponse.json({ message: `No course found for course ID '${params.id}'` }, { status: 400 })
            : HttpResponse.json(this.#details(found))
        }),
      ),
      http.post(`${LMS}/api/enrollment/v1/enrollment`, async ({ request }) => {
        const body = (await request.clone().json()) as EnrolmentPost
        return this.#answer('write', request, () => this.#write(body))
      }),
      http.get(`${LMS}/api/courses/v1/courses/`, ({ request }) =>
        this.#answer('list', request, () => this.#catalog(new URL(request.url))),
      ),
      http.get(`${LMS}/api/course_modes/v1/courses/:id/`, ({ request, params }) =>
        this.#answer('list', request, () => {
          const modes = course(params.id)?.modes ?? []
          return HttpResponse.json(
            modes.map(({ slug, price = 0, expires = null }) => ({
              ...{ course_id: params.id, mode_slug: slug, mode_display_name: slug, min_price: price, currency: 'usd' },
              ...{ expiration_datetime: expires, expiration_datetime_is_explicit: true, description: null, sku: null },
            })),
          )
        }),
      ),
    ]
  }

  /** Checks the token, and goes wrong as it was told. */
  async #answer(kind: Kind, request: Request, act: () => Response): Promise<Response> {
    this.requests.push(`${request.method} ${new URL(request.url).pathname}`)
    const next = this.#mishaps.findIndex((one) => one.kind === kind || (one.kind === 'ask' && kind !== 'write'))
    const mishap = next < 0 ? null : this.#mishaps.splice(next, 1)[0]?.what
    if (request.headers.get('authorization') !== `JWT token-${this.tokens}` || mishap === 'expired') {
      return HttpResponse.json({ detail: 'Token has expired.' }, { status: 401 })
    }
    switch (mishap) {
      case 'lost':
        return HttpResponse.error()
      case 'lost_after':
        act()
        return HttpResponse.error()
      case 'error_after':
        act()
        return new HttpResponse('<h1>Server Error (500)</h1>', {
          status: 500,
          headers: { 'content-type': 'text/html' },
        })
      case 'page':
        return HttpResponse.html('<!doctype html><title>We are down for maintenance</title>')
      case 'login':
        return new HttpResponse(null, { status: 302, headers: { location: `${LMS}/login?next=/api` } })
      case 'other_user':
        return HttpResponse.json({ ...((await act().json()) as object), user: 'somebody-else' })
      case 'throttled':
        return HttpResponse.json(
          { detail: 'Request was throttled. Expected available in 17 seconds.' },
          { status: 429, headers: { 'retry-after': '17' } },
        )
      default:
        return act()
    }
  }

  #details({ id, name = id, modes, ...course }: LmsCourse) {
    const { enrolmentEnd = null, start = null } = course as { enrolmentEnd?: string | null; start?: string | null } // absent is null there
    return {
      ...{ course_id: id, course_name: name, enrollment_start: null, enrollment_end: enrolmentEnd },
      ...{ course_start: start, course_end: null, invite_only: false, pacing_type: 'Self Paced' },
      course_modes: modes.map(({ slug, price = 0, expires = null }) => ({
        ...{ slug, name: slug, min_price: price, suggested_prices: '', currency: 'usd', expiration_datetime: expires },
      })),
    }
  }

  #enrolment(user: string, id: string, { mode, isActive, created }: Row) {
    const course = this.#courses.get(id) ?? { id, modes: [] }
    return { created, mode, is_active: isActive, user, course_details: this.#details(course) }
  }

  #list(url: URL): Response {
    const user = url.searchParams.get('user') ?? ''
    const all = [...this.rows]
      .filter(([key, row]) => key.startsWith(`${user},`) && (row.isActive || this.pageSize !== null))
      .map(([key, row]) => this.#enrolment(user, key.slice(user.length + 1), row))
    if (this.pageSize === null) return HttpResponse.json(all)
    const page = Number(url.searchParams.get('page') ?? 1)
    const results = all.slice((page - 1) * this.pageSize, page * this.pageSize)
    url.searchParams.set('page', String(page + 1))
    const next = page * this.pageSize < all.length ? url.href.replace(LMS, this.root) : null
    return HttpResponse.json({ count: all.length, next, previous: null, results } satisfies JsonBodyType)
  }

  #catalog(url: URL): Response {
    const all = [...this.#courses.values()]
    const [size, page] = [this.pageSize ?? 100, Number(url.searchParams.get('page') ?? 1)]
    const results = all.slice((page - 1) * size, page * size).map(({ id, name = id, start = null }) => ({
      ...{ id, course_id: id, name, org: 'Example', start, end: null, short_description: `About ${name}` },
    }))
    url.searchParams.set('page', String(page + 1))
    const next = page * size < all.length ? url.href.replace(LMS, this.root) : null
    return HttpResponse.json({ results, pagination: { next, previous: null, count: all.length, num_pages: 1 } })
  }

  /** The order of checks is the platform's: mode, window, room, and only then whether somebody is enrolled already. */
  #write(body: EnrolmentPost): Response {
    const { user, mode, is_active: isActive, course_details: details, force_enrollment: isForced = false } = body
    const refuse = (status: number, message: string, more: object = {}) =>
      HttpResponse.json({ message, ...more }, { status })
    const course = this.#courses.get(details.course_id)
    if (course === undefined) return refuse(400, `No course '${details.course_id}' found for enrollment`)
    const attributes = body.enrollment_attributes ?? []
    if (
      mode === 'credit' &&
      isActive &&
      !attributes.some(({ namespace, name }) => `${namespace}:${name}` === 'credit:provider_id')
    ) {
      return refuse(400, 'Missing enrollment attributes: requires credit:provider_id')
    }
    if (user === 'nobody') return refuse(406, `The user ${user} does not exist.`)
    const key = `${user},${course.id}`
    const row = this.rows.get(key)
    if (!isActive) {
      if (row?.isActive && row.mode !== mode) {
        return refuse(
          400,
          `Enrollment mode mismatch: active mode=${row.mode}, requested mode=${mode}. Won't deactivate.`,
        )
      }
      return this.#change(key, body, { mode, isActive: false, created: row?.created ?? this.now })
    }
    const force = isForced && this.isStaff && this.knowsForce
    const offered = course.modes.find(({ slug }) => slug === mode)
    if (offered === undefined || (!force && offered.expires !== undefined && offered.expires <= this.now)) {
      const message = `The [${mode}] course mode is expired or otherwise unavailable for course run [${course.id}].`
      return refuse(400, message, { course_details: this.#details(course) })
    }
    const isClosed = course.enrolmentEnd !== undefined && course.enrolmentEnd <= this.now && !force
    if (isClosed || (course.isFull && row === undefined)) {
      const message = `An error occurred while creating the new course enrollment for user '${user}' in course '${course.id}'`
      return refuse(400, message)
    }
    if (row?.isActive && (row.mode === mode || !this.isStaff))
      return HttpResponse.json(this.#enrolment(user, course.id, row))
    if (!this.isStaff && mode !== 'audit') {
      return refuse(403, `User does not have permission to create enrollment with mode [${mode}].`)
    }
    return this.#change(key, body, { mode, isActive: true, created: row?.created ?? this.now })
  }

  #change(key: string, { user, course_details: { course_id: course }, ...body }: EnrolmentPost, row: Row): Response {
    this.rows.set(key, row)
    const order = body.enrollment_attributes?.find(({ namespace }) => namespace === 'order')?.value ?? null
    this.changes.push({ user, course, order, mode: row.mode, isActive: row.isActive })
    return HttpResponse.json(this.#enrolment(user, course, row))
  }
}

interface EnrolmentPost {
  readonly user: string
  readonly mode: string
  readonly is_active: boolean
  readonly course_details: { readonly course_id: string }
  readonly force_enrollment?: boolean
  readonly enrollment_attributes?: readonly { namespace: string; name: string; value: string }[]
}
