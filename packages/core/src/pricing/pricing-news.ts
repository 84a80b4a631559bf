import type { Stored } from '../ports/index.ts'
import { MARK_LENGTH, type PricingVersion } from './pricing.collection.ts'

/** The document of versions as it was read; null where nothing changed yet. */
export type ToldVersion = Stored<PricingVersion> | null

/** What may be another in one version than in another: what is named, or all, at times without what there is few of. */
export type PricingNews = { ids: readonly string[] } | { all: true; isWholeKept: boolean }

const ALL: PricingNews = { all: true, isWholeKept: false }

/** Are these the same version of the same history? */
export function isSameVersion(one: ToldVersion, other: ToldVersion): boolean {
  return one?.version === other?.version && one?.body.marks === other?.body.marks
}

/**
 * What differs between what a process was told last (undefined: nothing) and what it is told now. That may be an earlier version, told by a read
 * that was slow, or by a server that lost the later ones: what those named is what differs, either way.
 */
export function pricingNews(told: ToldVersion | undefined, now: ToldVersion): PricingNews {
  if (told === undefined) return ALL
  const [older, newer] = (told?.version ?? 0) <= (now?.version ?? 0) ? [told, now] : [now, told]
  const from = older?.version ?? 0
  if (newer === null) return { ids: [] }
  // What was lost was written again otherwise, or it is too long ago to tell.
  if (markOf(newer, from) !== markOf(older, from)) return ALL
  const changes = newer.body.changes.filter(({ version }) => version > from)
  if (changes.length === newer.version - from) return { ids: changes.flatMap(({ ids }) => ids) }
  return { all: true, isWholeKept: (newer.body.wholeAt ?? newer.version) <= from }
}

/** The mark of a version, as a document of it or of a later one has it; undefined where it is not known. */
function markOf(stored: ToldVersion, version: number): string | undefined {
  if (stored === null) return undefined
  const { marks = '' } = stored.body
  const end = marks.length - (stored.version - version) * MARK_LENGTH
  return end < MARK_LENGTH ? undefined : marks.slice(end - MARK_LENGTH, end)
}
