import { randomToken } from '../ids/index.ts'
import type { Change, Runtime, Stored } from '../ports/index.ts'
import { insert, put } from '../storage/index.ts'
import { MARK_LENGTH, PRICING_VERSION_ID, type PricingVersion, pricingVersions, WHOLE } from './pricing.collection.ts'

/** So many of the last changes are named; a process that missed more drops all that it kept. */
const KEPT_CHANGES = 64
/** One more: of the version that was told before the first of them. */
const KEPT_MARKS = KEPT_CHANGES + 1
/**
 * All that is named: each request reads it with its cart. A change of more ids is logged as nothing in particular, so that
 * every process drops all variants and publications that it kept.
 */
const MAXIMUM_IDS = 100

/**
 * The change that says what prices are made of has changed, to be committed with whatever changed it.
 * `ids`: variant ids, `<site>:<product id>` for publications, or {@link WHOLE}; none where quotes read afresh what has changed.
 */
export function pricingChange(
  runtime: Pick<Runtime, 'randomBytes'>,
  stored: Stored<PricingVersion> | null,
  ids: readonly string[],
): Change {
  const version = (stored?.version ?? 0) + 1
  const wholeAt = ids.includes(WHOLE) ? version : (stored?.body.wholeAt ?? stored?.version ?? 0)
  const changes = lastOf([...(stored?.body.changes ?? []), { version, ids }])
  const marks = `${stored?.body.marks ?? ''}${randomToken(runtime, (MARK_LENGTH * 6) / 8)}`.slice(
    -KEPT_MARKS * MARK_LENGTH,
  )
  const body = { changes, wholeAt, marks }
  return stored === null ? insert(pricingVersions, PRICING_VERSION_ID, body) : put(pricingVersions, stored, body)
}

/** As many of the last changes as may be named. */
function lastOf(changes: PricingVersion['changes']): PricingVersion['changes'] {
  let named = 0
  const first = changes.findLastIndex(({ ids }, place) => {
    named += ids.length
    return named > MAXIMUM_IDS || changes.length - place > KEPT_CHANGES
  })
  return changes.slice(first + 1)
}
