import type { Change } from '../ports/index.ts'
import { PRICING_VERSION_ID, pricingVersions } from '../pricing/index.ts'
import { SYSTEM_SCOPE } from '../site/index.ts'
import { byId, readAll } from '../storage/index.ts'
import type { CommercePorts } from './ports-of.ts'

/** Proved by a commit, which SQLite makes with a small write: a database may read and refuse to write, and be of newer code. */
const PROOF: Change = { do: 'checkLimit', counter: 'ready', n: 1, limit: 1 }

/** Is storage there, has it the collections, and does it take writes? Asked once: who can wait in real time may ask again. */
export async function isReady({ storage, logger }: Pick<CommercePorts, 'storage' | 'logger'>): Promise<boolean> {
  try {
    await readAll(storage, SYSTEM_SCOPE, byId(pricingVersions, PRICING_VERSION_ID))
    await storage.commit(SYSTEM_SCOPE, [PROOF])
    return true
  } catch (error) {
    logger.warn('the storage is not ready', { reason: String(error) })
    return false
  }
}
