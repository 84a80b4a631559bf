import { expect, test } from 'vitest'
import { addresses, SYSTEM_SCOPE, siteAddress } from '../site/index.ts'
import { insert, remove } from '../storage/index.ts'
import { shopFixture } from '../testing/shop-fixture.ts'
import { OPERATOR } from '../testing/shop-fixture-data.ts'
import { createCommerce } from './index.ts'

test('an address is believed for five seconds, also while the clock stands back', async () => {
  const { storage, runtime, ports } = await shopFixture()
  const id = siteAddress('main')
  await storage.commit(SYSTEM_SCOPE, [insert(addresses, id, { id, operator: OPERATOR, site: 'main' })])
  const { payments, fulfilment, secrets } = ports
  let back = 0
  const now = () => new Date(Date.parse(runtime.now()) - back).toISOString()
  const commerce = createCommerce({ storage, runtime: { ...runtime, now }, payments, fulfilment, secrets })
  const find = () =>
    commerce.siteOf({ host: 'nowhere.example', header: (name) => (name === 'bursar-site' ? 'main' : null) })

  const found = await find()
  expect(found).toMatchObject({ operator: OPERATOR, site: 'main' })
  await storage.commit(SYSTEM_SCOPE, [remove(addresses, { id, version: 1 })])
  await runtime.advance(4999)
  expect(await find()).toEqual(found)
  back = 60_000
  expect(await find()).toEqual(found)
  back = 0
  await runtime.advance(1)
  await expect(find()).rejects.toMatchObject({ code: 'site_unknown' })
})
