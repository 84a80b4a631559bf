import { type Commerce, createCommerce } from '@bursar/core'
import type { BursarConfig } from '../define-config.ts'
import { pinoLogger } from '../logging/index.ts'
import { resilient } from '../resilience.ts'
import { commerceOptions } from './commerce-options.ts'

/** The shop that a configuration describes: calls to the outside limited, and what happens logged. */
export function commerceOfConfig(config: BursarConfig): Commerce {
  const { resilience } = config
  const options = commerceOptions(config)
  const logger = options.logger ?? pinoLogger()
  if (resilience === false) return createCommerce({ ...options, logger })
  return createCommerce({
    ...options,
    logger,
    payments: mapped(options.payments ?? {}, (processor) => resilient(processor, resilience)),
    fulfilment: mapped(options.fulfilment ?? {}, (provider) => resilient(provider, resilience)),
  })
}

function mapped<T, R>(record: Readonly<Record<string, T>>, change: (value: T) => R): Record<string, R> {
  return Object.fromEntries(Object.entries(record).map(([name, value]) => [name, change(value)]))
}
