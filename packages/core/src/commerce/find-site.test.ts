import { expect, test } from 'vitest'
import { addresses, SYSTEM_SCOPE, siteAddress } from '../site/index.ts'
import { insert, remove } from '../storage/index.ts'
import { shopFixture } from '../testing/shop-fixture.ts'
import { OPERATOR } from '../testing/shop-fixture-data.ts'
import { createCommerce } from './index.ts'

test('an address is believed for five seconds, and no longer because a clock was ahead', async () => {
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
  back = 1000
  expect(await find()).toEqual(found)
  back = 0
  await runtime.advance(1)
  await expect(find()).rejects.toMatchObject({ code: 'site_unknown' })
  await storage.commit(SYSTEM_SCOPE, [insert(addresses, id, { id, operator: OPERATOR, site: 'main' })])
  expect(await find()).toEqual(found)
  await storage.commit(SYSTEM_SCOPE, [remove(addresses, { id, version: 1 })])
  back = 60_000
  await expect(find()).rejects.toMatchObject({ code: 'site_unknown' })
})

test('origins that another process changes are seen within five seconds, whoever asks', async () => {
  const { storage, runtime, ports } = await shopFixture()
  const id = siteAddress('main')
  await storage.commit(SYSTEM_SCOPE, [insert(addresses, id, { id, operator: OPERATOR, site: 'main' })])
  const { payments, fulfilment, secrets } = ports
  const [here, other] = [1, 2].map(() => createCommerce({ storage, runtime, payments, fulfilment, secrets }))
  const header = (name: string) => (name === 'bursar-site' ? 'main' : null)
  const origins = async () => (await here?.siteOf({ host: 'nowhere.example', header }))?.origins
  const change = (listed: string[]) =>
    other?.as({ type: 'system', site: 'main' }).admin.sites.update({ id: 'main', origins: listed })

  expect(await origins()).toEqual([])
  await change(['https://learn.example'])
  await runtime.advance(5000)
  expect(await origins()).toEqual(['https://learn.example'])
  await change([])
  await runtime.advance(5000)
  expect(await origins()).toEqual([])
})
