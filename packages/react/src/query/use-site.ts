import type { SiteView } from '@bursar/core/client'
import { useQuery } from '@tanstack/react-query'
import { useBursar } from '../index.ts'
import { siteOptions } from './query-options.ts'
import { type ReadState, readState } from './read-state.ts'

/** The site: currencies, locales, ways to pay, required consents, theme. */
export function useSite(): ReadState<'site.get', { readonly site: SiteView }> {
  return readState(useQuery(siteOptions(useBursar())), (site) => ({ site }))
}
