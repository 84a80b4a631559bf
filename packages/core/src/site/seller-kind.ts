import { issueUnless } from '../errors/index.ts'
import { isCurrency } from '../money/index.ts'
import { type NewRecord, present, type RecordKind } from '../storage/index.ts'
import { isTimeZone } from '../time/index.ts'
import type { Seller } from './seller.ts'
import { sellers } from './site.collection.ts'

/** A seller to be made. */
export type NewSeller = NewRecord<Seller, 'address' | 'taxRegistrations' | 'timeZone' | 'invoicePrefix'>

/** How sellers are made and checked. */
export const sellerKind: RecordKind<Seller, NewSeller> = {
  collection: sellers,
  changesPrices: true,
  uniqueMembers: {},
  listed: () => ({ index: 'id' }),
  id: (_input, runtime) => runtime.newId('sel'),
  complete: (input, id) => ({
    ...{ address: [], taxRegistrations: [], timeZone: 'UTC', invoicePrefix: '' },
    ...present(input),
    id,
  }),
  names: () => [],
  check: (seller) => [
    ...issueUnless(seller.legalName.trim() !== '', 'legalName', 'must not be empty'),
    ...issueUnless(/^[A-Z]{2}$/.test(seller.country), 'country', 'must be a country code of ISO 3166-1, such as DE'),
    ...issueUnless(isCurrency(seller.currency), 'currency', 'must be a currency of ISO 4217'),
    ...issueUnless(isTimeZone(seller.timeZone), 'timeZone', 'must be an IANA time zone such as Europe/Berlin'),
  ],
}
