import type { Change, Stored } from '../ports/index.ts'
import { insert, put } from '../storage/index.ts'
import { PRICING_VERSION_ID, type PricingVersion, pricingVersions, WHOLE } from './pricing.collection.ts'

/** So many of the last changes are named; a process that missed more drops all that it kept. */
const KEPT_CHANGES = 64
/**
 * All that is named: each request reads it with its cart. A change of more ids is logged as nothing in particular, so that
 * every process drops all variants and publications that it kept.
 */
const MAXIMUM_IDS = 100

/**
 * The change that says what prices are made of has changed, to be committed with whatever changed it.
 * `ids`: variant ids, `<site>:<product id>` for publications, or {@link WHOLE}; none where quotes read afresh what has changed.
 */
export function pricingChange(stored: Stored<PricingVersion> | null, ids: readonly string[]): Change {
  const version = (stored?.version ?? 0) + 1
  const wholeAt = ids.includes(WHOLE) ? version : (stored?.body.wholeAt ?? stored?.version ?? 0)
  const body = { changes: lastOf([...(stored?.body.changes ?? []), { version, ids }]), wholeAt }
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
