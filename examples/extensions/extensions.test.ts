import { execFileSync } from 'node:child_process'
import { expect, test } from 'vitest'
import { differentProducts, differentProductsKind } from './different-products.ts'
import { roundDown, roundDownKind } from './round-down.ts'
import { openShop } from './shop.ts'

test('the example says how each kind priced', () => {
  const options = ['--conditions=source', '--disable-warning=ExperimentalWarning', 'start.ts']
  const said = execFileSync(process.execPath, options, { cwd: import.meta.dirname, encoding: 'utf8' })
  const [one = '', two = '', mixed = ''] = said.split('\n\n')
  expect(one).toContain('Total: 49.90 EUR')
  expect(one).not.toContain('Rounded down')
  expect(two).toContain('  Rounded down: Two days: -4.90')
  expect(two).toContain('  incl. 7 % VAT: 2.94')
  expect(two).toContain('Total: 90.00 EUR')
  expect(mixed).toContain('  incl. 19 % VAT: 7.18')
})

test('staff are told which member of a host’s kind is wrong', async () => {
  const { commerce } = await openShop()
  const { admin } = commerce.as({ type: 'system', site: 'campus' })
  const make = (to: number) => admin.promotions.create({ name: 'Down', benefit: { type: 'campus:round_down', to } })
  await expect(make(7)).rejects.toMatchObject({ issues: [{ path: 'benefit.to' }] })
  await expect(make(0)).rejects.toMatchObject({ issues: [{ path: 'benefit.to' }] })
  expect(await make(100)).toMatchObject({ record: { benefit: { type: 'campus:round_down', to: 100 } } })
})

test('the guard refuses a cart with a sentence, and the product type an attribute that it has not', async () => {
  const { commerce, variants } = await openShop()
  const shopper = commerce.as({ type: 'shopper', site: 'campus' })
  const lines = [{ lineId: 'a', variantId: variants[0] ?? '', quantity: 11 }]
  await expect(shopper.carts.create({ lines })).rejects.toMatchObject({
    code: 'guard_refused',
    reason: 'at_most_places',
    message: 'At most 10 places at once: write to us for more.',
  })
  const { admin } = commerce.as({ type: 'system', site: 'campus' })
  const made = admin.products.create({
    type: 'workshop',
    title: 'A',
    attributes: { room: 'B' },
    variants: [{ name: 'a' }],
  })
  await expect(made).rejects.toMatchObject({ issues: [{ path: 'attributes.startsAt' }] })
})

test('a page takes the rules, the server the same with their schemas', () => {
  expect(differentProductsKind().rule).toBe(differentProducts)
  expect(roundDownKind().rule).toBe(roundDown)
})
