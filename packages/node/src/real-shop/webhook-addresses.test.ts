import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ENGINES, type RealShop, realShop } from './real-shop.ts'

describe.each(Object.entries(ENGINES))('on %s', (_name, engine) => {
  let shop: RealShop
  beforeAll(async () => {
    shop = await realShop(engine())
  })
  afterAll(() => shop.end())

  test.each([
    ['nobody', 'nobody'],
    ['what cannot be stored', '%00'],
    ['more than an id is long', 'a'.repeat(10_000)],
  ])('an event for %s is not found', async (_what, account) => {
    const { status, json } = await shop.ask({ method: 'POST', path: `/v1/webhooks/${account}`, body: {} })
    expect([status, json.code]).toEqual([404, 'not_found'])
  })
})
