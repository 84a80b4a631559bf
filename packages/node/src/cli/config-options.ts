import { type Commerce, type InProcessClient, isBursarError } from '@bursar/core'
import type { BursarConfig } from '../define-config.ts'
import { type CommandInput, type CommandOption, UsageError } from './command.ts'

/** Options of every command that loads a configuration. */
export const CONFIG_OPTION = {
  config: { type: 'string', value: 'FILE', help: 'Configuration. Default: bursar.config.ts in this folder.' },
} as const satisfies Record<string, CommandOption>

/** The option of every command that acts on one site. */
export const SITE_OPTION = {
  site: { type: 'string', value: 'ID', help: 'Site to act on. Default: `site` of the configuration.' },
} as const satisfies Record<string, CommandOption>

/** The site that a command acts on. @throws UsageError */
export function siteOf(input: CommandInput, config: BursarConfig): string {
  const site = input.text('site') ?? config.site
  if (site === undefined) throw new UsageError('name a site by --site, or write `site` in the configuration.')
  return site
}

/** The site's client, with every right. @throws Error that says what to do when the storage has no such site */
export async function clientOfSite(commerce: Commerce, site: string): Promise<InProcessClient> {
  const client = commerce.as({ type: 'system', site })
  await client.site.get({}).catch((cause: unknown) => {
    if (!isBursarError(cause, 'site_unknown')) throw cause
    const advice = 'name another by --site, or run `bursar serve` once, whose `setup` makes it'
    throw new Error(`The storage has no site "${site}": ${advice}.`, { cause })
  })
  return client
}
