import type { Json } from '@bursar/core'
import { pageOf } from './enrolments.ts'
import type { OpenEdxApi } from './openedx-api.ts'
import { CREDIT, isObject } from './openedx-target.ts'

/** Cells of one row of an import, by field. */
export type CatalogRecord = { readonly [field: string]: string | { readonly [name: string]: string } }

/** One record for each mode that can be sold, of each course that the service user sees. */
export async function* importRecords(
  api: OpenEdxApi,
  { provider, modes }: { provider: string; modes: readonly string[] },
): AsyncGenerator<CatalogRecord> {
  for await (const course of pages(api, '/api/courses/v1/courses/?page_size=100')) {
    const id = textIn(course, 'course_id') || textIn(course, 'id')
    const offered = await whole(api, `/api/course_modes/v1/courses/${encodeURIComponent(id)}/`)
    if (!Array.isArray(offered)) throw new Error(`Open edX: the modes of ${id} are no list.`)
    for (const mode of offered as readonly Json[]) {
      const slug = textIn(mode, 'mode_slug')
      // Who gives the credit is not told here, and nobody is enrolled for credit without.
      if (modes.includes(slug) && slug !== CREDIT) yield recordOf(provider, course, mode, { id, slug })
    }
  }
}

function recordOf(
  provider: string,
  course: Json,
  mode: Json,
  { id, slug }: { id: string; slug: string },
): CatalogRecord {
  const description = textIn(course, 'short_description')
  return {
    productExternalId: id,
    type: 'course',
    title: textIn(course, 'name'),
    // Where the course has none, staff may have written one in the shop.
    ...(description === '' ? {} : { description }),
    variantName: slug,
    variantExternalId: `${id}:${slug}`,
    variantTitle: textIn(mode, 'mode_display_name'),
    price: textIn(mode, 'price') || textIn(mode, 'min_price') || '0',
    currency: textIn(mode, 'currency').toUpperCase(),
    saleEndsAt: textIn(mode, 'expiration_datetime'),
    serviceStart: textIn(course, 'start'),
    serviceEnd: textIn(course, 'end'),
    fulfilmentProvider: provider,
    fulfilmentTarget: { course: id, mode: slug },
  }
}

async function* pages(api: OpenEdxApi, first: string): AsyncGenerator<Json> {
  for (let path: string | null = first; path !== null; ) {
    const page = pageOf(await whole(api, path))
    if (page === null) throw new Error(`Open edX: ${path} is no list.`)
    yield* page.rows
    path = page.next
  }
}

async function whole(api: OpenEdxApi, path: string): Promise<Json> {
  const answer = await api('GET', path)
  if (answer.outcome === 'ok') return answer.body
  throw new Error(`Open edX: ${path.split('?')[0]} gave no answer. ${answer.reason}`)
}

/** A member as text; nothing for what is absent. */
function textIn(value: Json, name: string): string {
  const member = isObject(value) ? value[name] : undefined
  return typeof member === 'string' || typeof member === 'number' ? String(member) : ''
}
