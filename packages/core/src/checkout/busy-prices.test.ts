import { describe, expect, it } from 'vitest'
import { type Storage, systemRuntime } from '../ports/index.ts'
import { PRICING_VERSION_ID, pricingChange, pricingVersions } from '../pricing/index.ts'
import { byId, memoryStorage, readAll } from '../storage/index.ts'
import { type ShopFixture, shopFixture } from '../testing/shop-fixture.ts'

const scope = { operator: 'opr_school', site: 'main' }

/** A storage in which staff change prices just before each of so many commits that must see none of it changed. */
function storageOfBusyStaff(changes: number) {
  const storage = memoryStorage()
  const staff = { left: 0, changes: 0 }
  const busy: Storage = {
    ...storage,
    async commit(at, all, options) {
      if (staff.left > 0 && all.some((change) => change.do === 'check' && change.in === pricingVersions.name)) {
        staff.left -= 1
        staff.changes += 1
        const [pricing] = await readAll(storage, scope, byId(pricingVersions, PRICING_VERSION_ID))
        await storage.commit(scope, [pricingChange(systemRuntime(), pricing, [])])
      }
      return storage.commit(at, all, options)
    },
  }
  return {
    busy,
    staff,
    begin: () => {
      staff.left = changes
    },
  }
}

async function ended<T>(shop: ShopFixture, work: Promise<T>): Promise<T> {
  let isDone = false
  const end = () => {
    isDone = true
  }
  work.then(end, end)
  while (!isDone) await shop.runtime.advance(1)
  return work
}

describe('while staff change prices without a pause', () => {
  it('a checkout tries more often than where somebody else wants what it writes', async () => {
    const { busy, staff, begin } = storageOfBusyStaff(20)
    const shop = await shopFixture({ storage: busy })
    begin()
    const { order } = await ended(shop, shop.buy())
    expect([order.state, staff.changes]).toEqual(['placed', 20])
  })

  it('it gives up after five seconds, and can be tried again', async () => {
    const { busy, staff, begin } = storageOfBusyStaff(Number.POSITIVE_INFINITY)
    const shop = await shopFixture({ storage: busy })
    begin()
    const before = shop.runtime.now()
    await expect(ended(shop, shop.buy())).rejects.toMatchObject({ code: 'version_conflict' })
    expect(Date.parse(shop.runtime.now()) - Date.parse(before)).toBeLessThan(6000)
    expect(staff.changes).toBeGreaterThan(20)
    staff.left = 0
    expect((await ended(shop, shop.buy())).order.state).toBe('placed')
  })
})
