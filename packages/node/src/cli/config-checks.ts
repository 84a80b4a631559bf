import { commerceOptionChecks, type OptionCheck, optionProblems } from '@bursar/core'
import type { BursarConfig, ServerConfig } from '../define-config.ts'
import type { RateLimits } from '../handler/index.ts'
import { LONGEST_WAIT_MS, members, one, whole } from '../option-checks.ts'
import { resilienceChecks } from '../resilience.ts'

const SERVER = {
  port: whole(0, 65_535),
  hostname: one('string', 'a text'),
  jobs: one('boolean', 'true or false'),
  drainMs: whole(0, LONGEST_WAIT_MS),
  shutdownMs: whole(0, LONGEST_WAIT_MS),
  maxInFlight: whole(1),
  rateLimits: (value, name) => {
    const isFine = value === undefined || typeof (value as Partial<RateLimits> | null)?.take === 'function'
    return isFine ? [] : [`${name} must be rate limits: it has no \`take\`.`]
  },
  trustsForwardedHost: one('boolean', 'true or false'),
  proxies: whole(0),
} satisfies Record<keyof ServerConfig, OptionCheck>

const CONFIG = {
  ...commerceOptionChecks,
  server: members(SERVER),
  site: one('string', 'the id of a site'),
  resilience: (value, name) => (value === false ? [] : members(resilienceChecks)(value, name)),
  setup: one('function', 'a function'),
} satisfies Record<keyof BursarConfig, OptionCheck>

/** What is wrong with a configuration, in sentences. */
export function configProblems(config: object): readonly string[] {
  return optionProblems(config, CONFIG)
}
