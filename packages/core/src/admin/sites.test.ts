import { describe, expect, it } from 'vitest'
import { paymentAccountKind } from '../payment/index.ts'
import { type Change, StorageUnavailableError } from '../ports/index.ts'
import {
  addresses,
  createOperator,
  hostAddress,
  type NewSite,
  SYSTEM_SCOPE,
  sellerKind,
  siteAddress,
} from '../site/index.ts'
import { byId, readAll } from '../storage/index.ts'
import { type TestShop, testShop } from '../testing/test-shop.ts'
import { createRecord, createSite, getRecord, siteKindOf, updateSite } from './index.ts'

const SECOND: NewSite = {
  ...{ id: 'second', name: 'Second', seller: 'acme-seller', currencies: ['EUR'], country: 'DE' },
  hosts: ['second.example.org'],
}

async function siteOfHost(shop: TestShop, host: string): Promise<string | null> {
  const [stored] = await readAll(shop.storage, SYSTEM_SCOPE, byId(addresses, hostAddress(host)))
  return stored === null ? null : `${stored.body.operator}/${stored.body.site}`
}

async function otherOperator(shop: TestShop) {
  await createOperator(shop, { id: 'other', name: 'Other' })
  const call = shop.call({ operator: 'other', site: 'theirs' })
  await createRecord(shop, call, sellerKind, { id: 's', legalName: 'S', country: 'DE', currency: 'EUR' })
  return call
}

/** The shop with a storage that ends before the commits that the test names. */
function breaking(shop: TestShop, isCut: (changes: readonly Change[]) => boolean): TestShop {
  const { storage } = shop
  const commit: typeof storage.commit = async (scope, changes, options) => {
    if (isCut(changes)) throw new StorageUnavailableError('The process ended.', { outcome: 'nothing' })
    return storage.commit(scope, changes, options)
  }
  return { ...shop, storage: { ...storage, commit } }
}

describe('making a site', () => {
  it('makes its id and hosts lead to it', async () => {
    const shop = await testShop()
    const { record } = await createSite(shop, shop.call(), { ...SECOND, hosts: ['Second.Example.org'] })
    expect(record).toMatchObject({ hosts: ['second.example.org'], allowsGuests: false, checkoutMinutes: 60 })
    expect(await siteOfHost(shop, 'SECOND.example.org:8080')).toBe('acme/second')
    const [byName] = await readAll(shop.storage, SYSTEM_SCOPE, byId(addresses, siteAddress('second')))
    expect(byName?.body).toEqual({ id: 'site:second', operator: 'acme', site: 'second' })
  })

  it('refuses ids and hosts of other operators and of other sites, and leaves theirs alone', async () => {
    const shop = await testShop()
    const theirs = await otherOperator(shop)
    const site = { ...SECOND, seller: 's' }
    const sameId = createSite(shop, theirs, { ...site, id: 'main' })
    await expect(sameId).rejects.toMatchObject({ code: 'unique_taken', reason: 'id' })
    const sameHost = createSite(shop, theirs, { ...site, hosts: ['a.example.org', 'acme.example.org'] })
    await expect(sameHost).rejects.toMatchObject({ code: 'unique_taken', reason: 'hosts.1' })
    const ownHost = createSite(shop, shop.call(), { ...SECOND, hosts: ['acme.example.org'] })
    await expect(ownHost).rejects.toMatchObject({ code: 'unique_taken', reason: 'hosts.0' })
    expect(await siteOfHost(shop, 'acme.example.org')).toBe('acme/main')
  })

  it('gives a host to one of two operators that want it at once', async () => {
    const shop = await testShop()
    const theirs = await otherOperator(shop)
    const wanted = { ...SECOND, hosts: ['new.example.org'] }
    const results = await Promise.allSettled([
      createSite(shop, shop.call(), wanted),
      createSite(shop, theirs, { ...wanted, id: 'theirs', seller: 's' }),
    ])
    expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
  })

  it('stopped between its two commits, it can be repeated', async () => {
    const shop = await testShop()
    const cut = breaking(shop, (changes) => changes.some((change) => 'in' in change && change.in === 'sites'))
    await expect(createSite(cut, shop.call(), SECOND)).rejects.toMatchObject({ code: 'unavailable' })
    await expect(getRecord(shop, shop.call(), siteKindOf(shop.call()), { id: 'second' })).rejects.toMatchObject({
      code: 'not_found',
    })
    await createSite(shop, shop.call(), { ...SECOND, id: 'another' })
    expect(await siteOfHost(shop, 'second.example.org')).toBe('acme/another')
  })

  it.each<[Partial<NewSite>, string]>([
    [{ currencies: ['EUR', 'ABC'] }, 'currencies.1'],
    [{ currencies: ['EUR', 'EUR'] }, 'currencies.1'],
    [{ seller: 'nobody' }, 'seller'],
    [{ priceLists: ['eur', 'gbp'] }, 'priceLists.1'],
    [{ paymentAccounts: ['nothing'] }, 'paymentAccounts.0'],
    [{ timeZone: 'Europe/Atlantis' }, 'timeZone'],
    [{ locales: ['e'] }, 'locales.0'],
    [{ hosts: ['shop.example.org:8080'] }, 'hosts.0'],
    [{ hosts: ['shop.example.org/path'] }, 'hosts.0'],
    [{ origins: ['https://learn.example.org/'] }, 'origins.0'],
    [{ origins: ['https://learn.example.org:443'] }, 'origins.0'],
    [{ origins: ['*'] }, 'origins.0'],
    [{ returnUrls: ['/thanks'] }, 'returnUrls.0'],
    [{ returnUrls: ['javascript:alert(1)'] }, 'returnUrls.0'],
    [{ returnUrls: ['https://a@example.org/'] }, 'returnUrls.0'],
    [{ checkoutMinutes: 4 }, 'checkoutMinutes'],
    [{ theme: { accent: 'red; } body { display: none' } }, 'theme.accent'],
    [{ theme: { accent: 'url(https://evil.example)' } }, 'theme.accent'],
    [{ theme: { 'font-body': '"open' } }, 'theme.font-body'],
    [{ theme: { shadow: '0 0 rgb(1, 2, 3' } }, 'theme.shadow'],
    [{ theme: { shadow: '0 0 red /* ' } }, 'theme.shadow'],
    [{ theme: { accent: '</style>' } }, 'theme.accent'],
    [{ theme: { 'a:b': 'red' } }, 'theme'],
  ])('refuses %j', async (change, path) => {
    const shop = await testShop()
    const made = createSite(shop, shop.call(), { ...SECOND, ...change })
    await expect(made).rejects.toMatchObject({ code: 'invalid_input', issues: [expect.objectContaining({ path })] })
    expect(await siteOfHost(shop, 'second.example.org')).toBeNull()
  })

  it('takes plain values of a theme', async () => {
    const shop = await testShop()
    const theme = {
      accent: '#067d3f',
      'font-body': '"Source Sans 3", sans-serif',
      shadow: '0 1px 2px rgba(0, 0, 0, 20%)',
    }
    expect((await createSite(shop, shop.call(), { ...SECOND, theme })).record.theme).toEqual(theme)
  })

  it('closes return addresses with a slash, so that no longer host name begins with one', async () => {
    const shop = await testShop()
    const returnUrls = ['https://learn.example.org', 'https://learn.example.org/courses']
    const { record } = await createSite(shop, shop.call(), { ...SECOND, returnUrls })
    expect(record.returnUrls).toEqual(['https://learn.example.org/', 'https://learn.example.org/courses'])
  })

  it('does not offer the payment account of another operator', async () => {
    const shop = await testShop()
    const theirs = await otherOperator(shop)
    await createRecord(shop, theirs, paymentAccountKind(shop.payments), {
      ...{ id: 'their-card', processor: 'test', title: 'Card', mode: 'test', seller: 's', currencies: ['EUR'] },
    })
    const made = createSite(shop, shop.call(), { ...SECOND, paymentAccounts: ['their-card'] })
    await expect(made).rejects.toMatchObject({ issues: [{ path: 'paymentAccounts.0' }] })
  })

  it('does not take the money to another seller', async () => {
    const shop = await testShop()
    const other = { id: 'other-seller', legalName: 'Other Ltd', country: 'DE', currency: 'EUR' }
    await createRecord(shop, shop.call(), sellerKind, other)
    await createRecord(shop, shop.call(), paymentAccountKind(shop.payments), {
      ...{ id: 'other-card', processor: 'test', title: 'Card', mode: 'test', seller: other.id, currencies: ['EUR'] },
    })
    const message = 'is an account of the seller other-seller, and acme-seller sells here'
    const issues = [{ path: 'paymentAccounts.0', message }]
    const made = createSite(shop, shop.call(), { ...SECOND, paymentAccounts: ['other-card'] })
    await expect(made).rejects.toMatchObject({ code: 'invalid_input', issues })
    const site = { ...SECOND, seller: other.id, paymentAccounts: ['other-card'] }
    expect((await createSite(shop, shop.call(), site)).record).toMatchObject({ paymentAccounts: ['other-card'] })
  })
})

describe('changing a site', () => {
  it('moves its hosts: the new lead to it, the old are free for others', async () => {
    const shop = await testShop()
    await updateSite(shop, shop.call(), { id: 'main', hosts: ['new.example.org'] })
    expect(await siteOfHost(shop, 'new.example.org')).toBe('acme/main')
    expect(await siteOfHost(shop, 'acme.example.org')).toBeNull()
    await createSite(shop, shop.call(), { ...SECOND, hosts: ['acme.example.org'] })
    expect(await siteOfHost(shop, 'acme.example.org')).toBe('acme/second')
  })

  it('heals what a stop before the last commit left', async () => {
    const shop = await testShop()
    const cut = breaking(shop, (changes) => changes.some((change) => change.do === 'remove'))
    const change = updateSite(cut, shop.call(), { id: 'main', hosts: ['new.example.org'] })
    await expect(change).rejects.toMatchObject({ code: 'unavailable' })
    expect(await siteOfHost(shop, 'acme.example.org')).toBe('acme/main')
    await updateSite(shop, shop.call(), { id: 'main', hosts: ['new.example.org'] })
    expect(await siteOfHost(shop, 'acme.example.org')).toBeNull()
  })

  it('changes nothing, and claims nothing, where the change is refused', async () => {
    const shop = await testShop()
    const change = updateSite(shop, shop.call(), { id: 'main', hosts: ['new.example.org'], currencies: ['ABC'] })
    await expect(change).rejects.toMatchObject({ code: 'invalid_input' })
    expect(await siteOfHost(shop, 'new.example.org')).toBeNull()
  })
})

describe('operators', () => {
  it('are made once', async () => {
    const shop = await testShop()
    const first = await createOperator(shop, { id: 'other', name: 'Other' })
    expect(await createOperator(shop, { id: 'other', name: 'Else' })).toEqual(first)
    expect((await createOperator(shop, { name: 'Third' })).id).toMatch(/^opr_/)
    const reserved = createOperator(shop, { id: 'system', name: 'X' })
    await expect(reserved).rejects.toMatchObject({ code: 'invalid_input' })
  })
})
