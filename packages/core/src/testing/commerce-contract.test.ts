import { describe, expect, test } from 'vitest'
import { createCommerce } from '../commerce/index.ts'
import type { Principal } from '../ports/index.ts'
import { addresses, SYSTEM_SCOPE, siteAddress } from '../site/index.ts'
import { insert } from '../storage/index.ts'
import { commerceContract } from './commerce-contract.ts'
import { commerceFaults } from './commerce-faults.ts'
import type { CommerceFixtures, LocalSubject, RemoteSubject } from './commerce-subject.ts'
import { expectOutcome } from './expectations.ts'
import { shopFixture } from './shop-fixture.ts'
import { OPERATOR } from './shop-fixture-data.ts'
import { testFetch } from './test-fetch.ts'

const fixtures: CommerceFixtures = {
  currencies: { sold: 'EUR', notSold: 'JPY' },
  variantId: 'var_book',
  code: 'Free',
  consents: [{ kind: 'terms', textVersion: '1', locale: 'en', given: true }],
  payment: { paymentAccount: 'card_main', paymentToken: 'tok_approve' },
}

const shop = async () => {
  const { storage, runtime, ports } = await shopFixture({ site: { requiredConsents: ['terms'] } })
  const address = { id: siteAddress('main'), operator: OPERATOR, site: 'main' }
  const found = await storage.commit(SYSTEM_SCOPE, [insert(addresses, address.id, address)])
  expectOutcome(found, 'committed', 'the address of the site')
  const { payments, fulfilment, secrets } = ports
  return createCommerce({ storage, runtime, payments, fulfilment, secrets })
}

const principal = (token: string | null, cartToken?: string): Principal =>
  token === null
    ? { type: 'shopper', site: 'main', cartToken }
    : { type: 'customer', site: 'main', customerId: token, cartToken }

const local = async (): Promise<LocalSubject> => {
  const commerce = await shop()
  return {
    ...fixtures,
    shopper: (cartToken) => commerce.as(principal(null, cartToken)),
    customer: (which, cartToken) => commerce.as(principal(which, cartToken)),
  }
}

const remote = async (): Promise<RemoteSubject> => ({
  ...fixtures,
  baseUrl: 'https://shop.example',
  tokens: { first: 'first', second: 'second' },
  fetch: testFetch(await shop(), principal),
})

describe.each([
  ['in process', local],
  ['over HTTP', remote],
])('a commerce %s', (_, subject) => {
  test.each(commerceContract({ ...fixtures, baseUrl: '', tokens: { first: '', second: '' } }).map(({ name }) => name))(
    '%s',
    async (name) => {
      const found = commerceContract(await subject()).find((one) => one.name === name)
      await found?.run()
      expect(found).toBeDefined()
    },
  )
})

describe('the contract', () => {
  test('has cases of different names', () => {
    const names = commerceContract({ ...fixtures, baseUrl: '', tokens: { first: '', second: '' } }).map(
      ({ name }) => name,
    )
    expect(new Set(names).size).toBe(names.length)
  })

  test('finds nothing wrong with a commerce that is right', async () => {
    expect(await failures(await local())).toEqual([])
  })

  test.each(commerceFaults.map(({ name, spoil }) => [name, spoil] as const))(
    'finds it where %s',
    async (fault, spoil) => {
      const found = await failures(spoil(await local()))
      console.log(`${fault}: found by ${found.join('; ')}`)
      expect(found).not.toEqual([])
    },
  )
})

const failures = async (subject: LocalSubject): Promise<string[]> => {
  const failed: string[] = []
  for (const { name, run } of commerceContract(subject)) await run().catch(() => failed.push(name))
  return failed
}
