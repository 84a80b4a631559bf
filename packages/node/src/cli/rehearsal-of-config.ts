import { type Commerce, createCommerce, type Runtime, systemRuntime } from '@bursar/core'
import { rehearsalStorage } from '../apply/index.ts'
import type { BursarConfig } from '../define-config.ts'
import { commerceOptions } from './commerce-options.ts'

/** The same shop on a storage that forgets: with the host's own kinds, types and providers, and silent. */
export async function rehearsalOfConfig(config: BursarConfig): Promise<Commerce> {
  const { logger: _logger, ...options } = commerceOptions(config)
  // Nobody else is there who would have to have a turn.
  const host = config.runtime ?? systemRuntime()
  const runtime: Runtime = {
    now: () => host.now(),
    randomBytes: (count) => host.randomBytes(count),
    newId: (prefix) => host.newId(prefix),
    sleep: async () => {},
  }
  const rehearsal = createCommerce({ ...options, runtime, storage: rehearsalStorage(config.storage) })
  await rehearsal.migrate()
  return rehearsal
}
