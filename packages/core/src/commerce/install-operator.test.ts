import { expect, test } from 'vitest'
import { memoryStorage } from '../storage/index.ts'
import { createCommerce } from './create-commerce.ts'

const input = {
  operator: { id: 'acme', name: 'Acme' },
  seller: { id: 'acme-ltd', legalName: 'Acme Ltd', country: 'DE', currency: 'EUR' },
  site: { id: 'main', name: 'Acme Academy', country: 'DE', currencies: ['EUR'] },
}

async function installed(given: typeof input) {
  const commerce = createCommerce({ storage: memoryStorage() })
  await commerce.migrate()
  await commerce.install(given)
  return commerce.as({ type: 'shopper', site: 'main' }).site.get()
}

test('a set-up leads to a site that can be called', async () => {
  expect(await installed(input)).toMatchObject({ id: 'main', name: 'Acme Academy', currencies: ['EUR'] })
})

test('what is there already stays as it is', async () => {
  const commerce = createCommerce({ storage: memoryStorage() })
  await commerce.migrate()
  await commerce.install(input)
  await commerce.install({ ...input, site: { ...input.site, name: 'Another name' } })
  expect((await commerce.as({ type: 'shopper', site: 'main' }).site.get()).name).toBe('Acme Academy')
})

test('a configuration without types is told what is missing, and by which path', async () => {
  const { legalName: _left, ...seller } = input.seller
  // What a configuration in JavaScript may hold.
  const wrong = { ...input, seller: { ...seller, name: 'Acme Ltd' } } as unknown as typeof input
  await expect(installed(wrong)).rejects.toMatchObject({
    code: 'invalid_input',
    issues: expect.arrayContaining([expect.objectContaining({ path: 'seller.legalName' })]),
  })
})
