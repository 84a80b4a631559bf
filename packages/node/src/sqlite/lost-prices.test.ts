import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { type Commerce, createCommerce, type Storage } from '@bursar/core'
import { simulatedProcessor, testRuntime } from '@bursar/core/testing'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { sqliteStorage } from './sqlite-storage.ts'

let folder: string
/** A process that lives on while its server is replaced by one that lacks the last writes. */
let survivor: Commerce
/** One that begins with the new server. */
let newcomer: Commerce
let variants: { productId: string; variantId: string }[]
let moveTo: (next: Storage) => void

const fileOf = (name: string) => join(folder, name)
const runtime = testRuntime({ sleeps: 'at_once' })
const shopOn = (storage: Storage) =>
  createCommerce({ storage, runtime, payments: { test: simulatedProcessor({ runtime }) }, secrets: (name) => name })

/** What is asked of the first storage until it is moved, and then of the next. */
function movable(first: Storage) {
  let now = first
  const storage: Storage = {
    get jobs() {
      return now.jobs
    },
    read: (...given) => now.read(...given),
    list: (...given) => now.list(...given),
    search: (...given) => now.search(...given),
    commit: (...given) => now.commit(...given),
    migrate: (...given) => now.migrate(...given),
    close: () => now.close(),
  }
  return {
    storage,
    moveTo(next: Storage) {
      now = next
    },
  }
}

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'bursar-lost-'))
  const old = sqliteStorage({ file: fileOf('old.db') })
  const moving = movable(old)
  survivor = shopOn(moving.storage)
  await survivor.migrate()
  await survivor.install({
    operator: { id: 'acme', name: 'Acme' },
    seller: { id: 'acme-ltd', legalName: 'Acme Ltd', country: 'DE', currency: 'EUR' },
    site: { id: 'main', name: 'Main', country: 'DE', currencies: ['EUR'] },
  })
  const { admin } = survivor.as({ type: 'system', site: 'main' })
  await admin.priceLists.create({ id: 'eur', name: 'Euro', currency: 'EUR' })
  await admin.paymentAccounts.create({
    ...{ id: 'card', title: 'Card', processor: 'test', mode: 'test', seller: 'acme-ltd', currencies: ['EUR'] },
    secretRefs: { webhook: 'w', key: 'k' },
  })
  await admin.sites.update({ id: 'main', priceLists: ['eur'], paymentAccounts: ['card'] })
  variants = []
  for (const title of ['Book', 'Other book']) {
    const made = await admin.products.create({
      ...{ type: 'book', title, publication: {} },
      variants: [{ name: 'standard', prices: [{ priceList: 'eur', amount: 1000 }] }],
    })
    variants.push({ productId: made.product.id, variantId: made.variants[0]?.id ?? '' })
  }
  expect(await totalAt(survivor)).toBe(1000)
  const copy = new DatabaseSync(fileOf('old.db'))
  copy.exec(`vacuum into '${fileOf('standby.db')}'`)
  copy.close()
  await setPrice(survivor, 1500)
  expect(await totalAt(survivor)).toBe(1500)
  newcomer = shopOn(sqliteStorage({ file: fileOf('standby.db') }))
  await newcomer.migrate()
  moveTo = (next) => {
    moving.moveTo(next)
  }
  moveTo(sqliteStorage({ file: fileOf('standby.db') }))
  await survivor.migrate()
  await old.close()
})
afterEach(async () => {
  await survivor.close()
  await newcomer.close()
  rmSync(folder, { recursive: true })
})

function setPrice(shop: Commerce, amount: number, place = 0) {
  const productId = variants[place]?.productId ?? ''
  return shop
    .as({ type: 'system', site: 'main' })
    .admin.products.update({ productId, variants: [{ name: 'standard', prices: [{ priceList: 'eur', amount }] }] })
}

async function cartAt(shop: Commerce) {
  const ann = shop.as({ type: 'customer', site: 'main', customerId: 'ann' })
  const { cart, quote } = await ann.carts.create({ lines: [{ lineId: 'a', variantId: variants[0]?.variantId ?? '' }] })
  return { ann, cartId: cart.id, total: quote.total }
}
const totalAt = async (shop: Commerce) => (await cartAt(shop)).total

test('a price that was lost with its server is charged no more by who knew it', async () => {
  expect(await totalAt(survivor)).toBe(1000)
  await setPrice(newcomer, 1200)
  expect(await totalAt(survivor)).toBe(1200)
})

test('nor where its version was given to another price before they looked', async () => {
  await setPrice(newcomer, 1200)
  const { ann, cartId, total } = await cartAt(survivor)
  expect(total).toBe(1200)
  const { order } = await ann.carts.checkout(
    {
      ...{ cartId, expectedTotal: { amount: 1200, currency: 'EUR' } },
      ...{ paymentAccount: 'card', paymentToken: 'tok_approve' },
    },
    { idempotencyKey: 'a-key-of-its-own' },
  )
  expect(order.total).toBe(1200)
})

test('nor where that was the price of something else, and more has changed since', async () => {
  await setPrice(newcomer, 1300, 1)
  await setPrice(newcomer, 1400, 1)
  expect(await totalAt(survivor)).toBe(1000)
})
