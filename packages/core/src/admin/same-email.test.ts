import { describe, expect, it } from 'vitest'
import { type Customer, customers, eraseCustomer, findCustomers, newCustomer, putCustomer } from '../customer/index.ts'
import { type Storage, StorageUnavailableError } from '../ports/index.ts'
import { insert, memoryStorage } from '../storage/index.ts'
import { type TestShop, testShop } from '../testing/test-shop.ts'
import { exportCustomer } from './index.ts'

const ADA = { hostId: 'u-1', email: 'ada@example.org' }

/** A record as a guest's checkout and a line's recipient leave it. */
async function waiting(shop: TestShop, email: string | null, operator = 'acme'): Promise<Customer> {
  const made = newCustomer(shop.runtime, shop.runtime.now(), { email })
  await shop.storage.commit({ operator }, [insert(customers, made.id, made)])
  return made
}

async function adaAndHerGuests(shop: TestShop): Promise<{ ada: string; guests: string[] }> {
  const { record } = await putCustomer(shop, shop.call(), ADA)
  const guests = [await waiting(shop, 'Ada@Example.org'), await waiting(shop, ADA.email)]
  await waiting(shop, 'ada@example.org.example')
  await waiting(shop, null)
  await waiting(shop, ADA.email, 'other')
  return { ada: record.id, guests: guests.map(({ id }) => id).sort() }
}

const found = async (shop: TestShop, email: string, operator = 'acme') => {
  const { items } = await findCustomers(shop, shop.call({ operator }), { email })
  return items.map(({ record }) => record.id)
}

describe('customers are found by their e-mail', () => {
  it('with and without an account, however it is written, and nobody else is', async () => {
    const shop = await testShop()
    const { ada, guests } = await adaAndHerGuests(shop)
    const all = [ada, ...guests].sort()
    for (const email of [ADA.email, ' ADA@example.ORG ']) expect(await found(shop, email)).toEqual(all)
    expect(await found(shop, 'ada@example')).toEqual([])
    expect(await found(shop, ADA.email, 'other')).toHaveLength(1)
  })

  it('page by page, with their versions', async () => {
    const shop = await testShop()
    const { ada, guests } = await adaAndHerGuests(shop)
    const first = await findCustomers(shop, shop.call(), { email: ADA.email, limit: 2 })
    const page = { email: ADA.email, limit: 2, cursor: first.nextCursor ?? '' }
    const second = await findCustomers(shop, shop.call(), page)
    const both = [...first.items, ...second.items]
    expect(both.map(({ record, version }) => [record.id, version])).toEqual(
      [ada, ...guests].sort().map((id) => [id, 1]),
    )
    expect(second.nextCursor).toBeNull()
    const wrong = findCustomers(shop, shop.call(), { email: ADA.email, cursor: 'x' })
    await expect(wrong).rejects.toMatchObject({ issues: [{ path: 'cursor' }] })
  })
})

describe('the other records with the same e-mail', () => {
  it('are named by an export, and are not in it', async () => {
    const shop = await testShop()
    const { ada, guests } = await adaAndHerGuests(shop)
    const exported = await exportCustomer(shop, shop.call(), { customerId: ada })
    expect(exported).toMatchObject({ customer: { id: ada }, sameEmail: guests })
    const [one = '', two = ''] = guests
    const guest = await exportCustomer(shop, shop.call(), { customerId: one })
    expect(guest.sameEmail).toEqual([ada, two].sort())
  })

  it('are none of a record without an e-mail', async () => {
    const shop = await testShop()
    await waiting(shop, null)
    const { id: customerId } = await waiting(shop, null)
    expect((await exportCustomer(shop, shop.call(), { customerId })).sameEmail).toEqual([])
    expect((await eraseCustomer(shop, shop.call(), { customerId })).sameEmail).toEqual([])
  })

  it('are named by an erasure, which leaves them, and are not known to one that comes later', async () => {
    const shop = await testShop()
    const { ada, guests } = await adaAndHerGuests(shop)
    const erased = await eraseCustomer(shop, shop.call(), { customerId: ada })
    expect(erased).toMatchObject({ record: { id: ada, email: null }, sameEmail: guests })
    expect(await found(shop, ADA.email)).toEqual(guests)
    const again = await eraseCustomer(shop, shop.call(), { customerId: ada })
    expect(again).toEqual({ ...erased, sameEmail: null })
    expect((await exportCustomer(shop, shop.call(), { customerId: ada })).sameEmail).toBeNull()
    for (const customerId of guests) await eraseCustomer(shop, shop.call(), { customerId })
    expect(await found(shop, ADA.email)).toEqual([])
  })

  it('are named though the reply of the commit was lost', async () => {
    const memory = memoryStorage()
    let lost = 0
    const storage: Storage = {
      ...memory,
      commit: async (scope, changes, options) => {
        const done = await memory.commit(scope, changes, options)
        if (!changes.some((change) => change.do === 'put' && change.in === customers.name)) return done
        lost += 1
        throw new StorageUnavailableError('The line broke.', { outcome: 'unknown' })
      },
    }
    const shop = await testShop({ storage })
    const { ada, guests } = await adaAndHerGuests(shop)
    const erased = await eraseCustomer(shop, shop.call(), { customerId: ada })
    expect([erased.record.email, erased.sameEmail, lost]).toEqual([null, guests, 1])
  })
})
