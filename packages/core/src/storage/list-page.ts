import { BursarError } from '../errors/index.ts'
import type { Collection, Scope, Storage } from '../ports/index.ts'
import { listBy, type RecordPage } from './records.ts'

/** Items per page unless asked otherwise. */
export const PAGE_SIZE = 50

/** Which page of a list a caller asks for. */
export interface PageAsked {
  /** `nextCursor` of the page before. */
  cursor?: string | undefined
  /** Items per page, 1 to 100. @default 50 */
  limit?: number | undefined
}

/** One page of what a caller asked for. */
export interface PageAnswer<T> {
  /** In the list's order. */
  items: readonly T[]
  /** Where the next page begins, or null on the last. */
  nextCursor: string | null
}

/** A page of a declared index as a caller asked for it. @throws BursarError `invalid_input` for a cursor that is none of this list's */
export function listPage<T>(
  storage: Storage,
  scope: Scope,
  collection: Collection<T>,
  query: {
    index: string
    equals?: readonly (string | number)[] | undefined
    order?: 'asc' | 'desc' | undefined
    page: PageAsked
    /** May it be a little behind? See the port's `Query`. */
    mayLag?: boolean | undefined
  },
): Promise<RecordPage<T>> {
  const { page, ...rest } = query
  return refuseBadCursor(() =>
    listBy(storage, scope, collection, { ...rest, cursor: page.cursor, limit: page.limit ?? PAGE_SIZE }),
  )
}

/** What a list or search answers. @throws BursarError `invalid_input` where storage refuses the caller's cursor */
export async function refuseBadCursor<T>(list: () => Promise<T>): Promise<T> {
  try {
    return await list()
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
    const issues = [{ path: 'cursor', message: 'is no cursor of this list: begin again without one' }]
    throw new BursarError('invalid_input', { issues, cause: error })
  }
}
