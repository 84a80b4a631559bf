import { issueUnless, refuseInput } from '../errors/index.ts'
import type { Cart } from './cart.ts'

/**
 * The place of a cart after a shopper declared one. A region belongs to its country: another country forgets it.
 * @throws BursarError `invalid_input` for a region where no country was declared
 */
export function placeOfCart(
  before: Pick<Cart, 'country' | 'region'>,
  { country = before.country, region }: { country?: string | undefined; region?: string | undefined },
): Pick<Cart, 'country' | 'region'> {
  refuseInput(issueUnless(region === undefined || country !== undefined, 'region', 'needs `country` beside it'))
  const kept = region ?? (country === before.country ? before.region : undefined)
  return {
    ...(country === undefined ? {} : { country }),
    ...(kept === undefined ? {} : { region: kept }),
  }
}
