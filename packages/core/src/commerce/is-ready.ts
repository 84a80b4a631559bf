import type { Change } from '../ports/index.ts'
import { PRICING_VERSION_ID, pricingVersions } from '../pricing/index.ts'
import { SYSTEM_SCOPE } from '../site/index.ts'
import { byId, isOutage, readAll } from '../storage/index.ts'
import { fromInstant } from '../time/index.ts'
import type { CommercePorts } from './ports-of.ts'

/** Proved by a commit: a database may read and refuse to write, and a file may have been migrated by newer code. */
const WRITES_NOTHING: Change = { do: 'checkLimit', counter: 'ready', n: 1, limit: 1 }

/** A storage that refuses at once may be busy for a moment, while it answers others: it is asked so often, so many milliseconds apart. */
const ASKED = 5
const APART = 50

/** Is storage there, has it the collections, and does it take writes? */
export async function isReady(
  ports: Pick<CommercePorts, 'storage' | 'logger' | 'runtime'>,
  left = ASKED,
): Promise<boolean> {
  const { storage, logger, runtime } = ports
  const asked = fromInstant(runtime.now())
  try {
    await readAll(storage, SYSTEM_SCOPE, byId(pricingVersions, PRICING_VERSION_ID))
    await storage.commit(SYSTEM_SCOPE, [WRITES_NOTHING])
    return true
  } catch (error) {
    if (left > 1 && isOutage(error) && fromInstant(runtime.now()) - asked < APART) {
      await runtime.sleep(APART)
      return isReady(ports, left - 1)
    }
    logger.warn('the storage is not ready', { reason: String(error) })
    return false
  }
}
