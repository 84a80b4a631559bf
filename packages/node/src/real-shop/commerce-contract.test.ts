import { commerceContract } from '@bursar/core/testing'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { customer, ENGINES, type RealShop, realShop } from './real-shop.ts'

const fixtures = {
  currencies: { sold: 'EUR', notSold: 'JPY' },
  code: 'TENOFF',
  consents: [{ kind: 'terms', textVersion: '1', locale: 'en', given: true }] as const,
  payment: { paymentAccount: 'card', paymentToken: 'tok_approve' },
  tokens: { first: 'learner-one', second: 'learner-two' },
}

/** Tokens become the header by which the shop knows who is signed in. */
const send = (address: string, init: RequestInit): Promise<Response> => {
  const headers = new Headers(init.headers)
  const token = headers.get('authorization')?.replace('Bearer ', '')
  headers.delete('authorization')
  if (token) headers.set('x-principal', JSON.stringify(customer('main', token)))
  return fetch(address, { ...init, headers })
}

const names = commerceContract({ ...fixtures, variantId: '', baseUrl: '' }).map(({ name }) => name)

describe.each(Object.entries(ENGINES))('on %s', (_name, engine) => {
  let shop: RealShop
  beforeAll(async () => {
    shop = await realShop(engine())
  })
  afterAll(() => shop.end())

  test.each(names)('%s', async (name) => {
    const { url, variants } = shop
    const subject = { ...fixtures, variantId: variants.book, baseUrl: url, site: 'main', fetch: send }
    const found = commerceContract(subject).find((one) => one.name === name)
    await found?.run()
    await shop.runJobs()
    expect(found).toBeDefined()
    expect(await shop.broken()).toEqual([])
  })
})
