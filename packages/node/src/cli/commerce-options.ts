import { type CommerceOptions, commerceOptionChecks } from '@bursar/core'
import type { BursarConfig } from '../define-config.ts'

/** What of a configuration `createCommerce` takes; by name, for a configuration may be of a class. */
export function commerceOptions(config: BursarConfig): CommerceOptions {
  const names = Object.keys(commerceOptionChecks) as (keyof CommerceOptions)[] // it has those alone
  return Object.fromEntries(names.map((name) => [name, config[name]])) as unknown as CommerceOptions // each its own value
}
