import { type CatalogRow, type Commerce, createCommerce, type Storage } from '@bursar/core'
import { jwtAuthenticator } from '@bursar/node'
import { localPlatform } from '@bursar/node/local-platform'
import { testProcessor } from '@bursar/node/test-processor'
import { LEARNERS, SITE } from '../shop.ts'

/** A shop under load: its processor and its platform are in memory, as those of the shops that it is compared with. */
export function loadShop(storage: Storage): Commerce {
  return createCommerce({
    storage,
    payments: { test: testProcessor({ file: ':memory:' }) },
    fulfilment: { campus: localPlatform({ file: ':memory:' }) },
    authenticators: [jwtAuthenticator(LEARNERS)],
    secrets: (ref) => ref.padEnd(32, '.'),
  })
}

/** Fills an empty shop with these courses, a code and a way to pay. */
export async function fillLoadShop(commerce: Commerce, rows: readonly CatalogRow[]): Promise<void> {
  await commerce.install({
    operator: { id: 'bench', name: 'Bench' },
    seller: { id: 'bench-seller', legalName: 'Bench Ltd', country: 'DE', currency: 'USD' },
    site: { id: SITE, name: 'Bench', country: 'DE', currencies: ['USD'], hosts: ['127.0.0.1'] },
  })
  const { admin } = commerce.as({ type: 'system', site: SITE })
  await admin.priceLists.create({ id: 'list', name: 'List', currency: 'USD' })
  await admin.paymentAccounts.create({
    ...{ id: 'card', processor: 'test', title: 'Card', mode: 'test', seller: 'bench-seller', currencies: ['USD'] },
    secretRefs: { webhook: 'webhook', key: 'key' },
  })
  await admin.sites.update({ id: SITE, priceLists: ['list'], paymentAccounts: ['card'] })
  const percent = { requiresCode: true, benefit: { type: 'percent', percent: '10' } } as const
  await admin.promotions.create({ id: 'ten', name: 'Ten off', ...percent })
  await admin.codes.create({ code: 'TENOFF', promotionId: 'ten' })
  await admin.products.import({ rows })
}
