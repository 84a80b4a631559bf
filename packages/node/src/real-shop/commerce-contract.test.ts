import { commerceContract } from '@bursar/core/testing'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { OF_ALL_OPERATORS, unledBeyond } from '../testing/led-by-operator.ts'
import { sentTexts } from '../testing/sent-texts.ts'
import { TEST_SCHEMAS } from '../testing/test-schema.ts'
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

const sent = sentTexts()
afterAll(() => sent.end())

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

test('whatever a shop on PostgreSQL sent for it finds and writes the rows of each table by their operator', () => {
  for (const name of ['carts', 'orders', 'payments', 'journal', 'holds', '_counters', '_jobs', '_tokens_products'])
    expect([...sent.texts].some((text) => text.includes(`."${name}"`))).toBe(true)
  expect(unledBeyond(OF_ALL_OPERATORS, sent.texts, TEST_SCHEMAS)).toEqual([])
})
