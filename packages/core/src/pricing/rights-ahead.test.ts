import { describe, expect, it } from 'vitest'
import { newCustomer } from '../customer/index.ts'
import type { OwnershipQuestion } from './read-ownership.ts'
import { RightsAhead } from './rights-ahead.ts'

const scope = { operator: 'default' }
const NOW = '2026-06-15T12:00:00.000Z'
const question = (customerId: string): OwnershipQuestion => ({
  customer: newCustomer({ newId: () => customerId }, NOW, { hostId: 'host' }),
  ...{ now: NOW, currency: 'EUR', currencies: ['EUR'], priceBasis: 'inclusive' },
  ...{ variants: [], asked: new Set<string>(), credited: new Set<string>(), holds: [] },
})

/** Rights that note whose are read, and when; what is owned names them. */
const rights = () => {
  const said: string[] = []
  const ahead = new RightsAhead(({ operator }, customerId) => {
    said.push(`begin ${customerId} of ${operator}`)
    return async (asked) => {
      said.push(`ask ${customerId}`)
      return { products: [], variants: [`of ${customerId}`, `asked for ${asked.customer.id}`] }
    }
  })
  const call = async (hostId: string, customerId: string) => {
    said.length = 0
    const ownedBy = ahead.begin(scope, hostId)
    said.push('record')
    const { variants } = await ownedBy(customerId)(question(customerId))
    return { variants, said: [...said] }
  }
  return { ahead, said, call }
}
const owned = (customerId: string) => [`of ${customerId}`, `asked for ${customerId}`]
const AFTER = (customerId: string) => ['record', `begin ${customerId} of default`, `ask ${customerId}`]
const BEFORE = (customerId: string) => [`begin ${customerId} of default`, 'record', `ask ${customerId}`]

describe('what somebody owns', () => {
  it('is read after their record the first time, and before it from then on', async () => {
    const { call } = rights()
    expect(await call('host-1', 'cus_1')).toEqual({ variants: owned('cus_1'), said: AFTER('cus_1') })
    for (const _ of [1, 2]) {
      expect(await call('host-1', 'cus_1')).toEqual({ variants: owned('cus_1'), said: BEFORE('cus_1') })
    }
  })

  it('is read anew where the record names another customer, who is remembered then', async () => {
    const { call } = rights()
    await call('host-1', 'cus_1')
    const { variants, said } = await call('host-1', 'cus_2')
    expect(variants).toEqual(owned('cus_2'))
    expect(said).toEqual(['begin cus_1 of default', 'record', 'begin cus_2 of default', 'ask cus_2'])
    expect((await call('host-1', 'cus_2')).said).toEqual(BEFORE('cus_2'))
  })

  it('is nobody else’s', async () => {
    const { call } = rights()
    await call('host-1', 'cus_1')
    expect(await call('host-2', 'cus_2')).toEqual({ variants: owned('cus_2'), said: AFTER('cus_2') })
    expect((await call('host-1', 'cus_1')).said).toEqual(BEFORE('cus_1'))
    expect((await call('host-2', 'cus_2')).said).toEqual(BEFORE('cus_2'))
  })

  it('is not begun to be read of who never asked what they own', () => {
    const { ahead, said } = rights()
    ahead.begin(scope, 'host-1')
    ahead.begin(scope, 'host-1')
    expect(said).toEqual([])
  })

  it('is known ahead of six thousand', async () => {
    const { call } = rights()
    const at = (n: number) => call(`host-${n}`, `cus_${n}`)
    for (let n = 0; n < 6000; n += 1) await at(n)
    expect((await at(6000)).said).toEqual(AFTER('cus_6000'))
    expect((await at(5999)).said).toEqual(BEFORE('cus_5999'))
    expect((await at(1)).said).toEqual(BEFORE('cus_1'))
    expect((await at(0)).said).toEqual(AFTER('cus_0'))
    expect((await at(0)).said).toEqual(BEFORE('cus_0'))
  })
})
