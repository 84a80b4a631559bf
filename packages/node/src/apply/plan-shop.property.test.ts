import type { Json, JsonObject } from '@bursar/core'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type AppliedShop, appliedShop } from '../testing/applied-shop.ts'
import { type ShopContent, shopFile } from '../testing/random-shop-file.ts'
import { planShop } from './plan-shop.ts'
import { printShop } from './print-shop.ts'
import { readShop, readWholeShop } from './read-shop.ts'
import { readShopFile } from './read-shop-file.ts'

const printed = async (shop: AppliedShop): Promise<string> => printShop(await readWholeShop(shop.admin))

/** The same file with its sections and entries in another order. */
const shuffled = (content: ShopContent): fc.Arbitrary<Json> => {
  const mixed = <T extends Json>(object: { readonly [name: string]: T }): fc.Arbitrary<{ [name: string]: T }> =>
    fc
      .shuffledSubarray(Object.entries(object), { minLength: Object.keys(object).length })
      .map((entries) => Object.fromEntries(entries))
  const sections = Object.entries(content).map(([name, entries]) => mixed(entries).map((own) => [name, own] as const))
  return fc.tuple(...sections).chain((all) => mixed<JsonObject>(Object.fromEntries(all)))
}

test('what was applied is nothing to do, and its plan is empty', { timeout: 240_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(shopFile, async (content) => {
      const shop = await appliedShop()
      expect((await shop.applyContent(content)).problems).toBe('')
      const plan = planShop(content, await readShop(shop.admin, content), 'main')
      // A code is kept in one form, however it is written: that alone the rehearsal finds out.
      const changed = plan.entries.filter(({ section, action }) => section !== 'codes' && action !== 'keep')
      expect(changed.map(({ key, changes }) => ({ key, changes }))).toEqual([])
      expect(await shop.applyContent(content)).toMatchObject({ problems: '', stored: [] })
    }),
    { numRuns: 100 },
  )
})

test('the order of sections and entries means nothing', { timeout: 240_000 }, async () => {
  const empty = await appliedShop()
  await fc.assert(
    fc.asyncProperty(
      shopFile.chain((content) => fc.tuple(fc.constant(content), shuffled(content))),
      async ([content, other]) => {
        const state = await readShop(empty.admin, content)
        expect(planShop(other, state, 'main')).toEqual(planShop(content, state, 'main'))
      },
    ),
    { numRuns: 200 },
  )
})

test('a shop that is printed is the same shop elsewhere', { timeout: 240_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(shopFile, async ({ codes: _codes, ...content }) => {
      const shop = await appliedShop()
      await shop.applyContent(content)
      const text = await printed(shop)
      expect(readShopFile(text).mistakes).toEqual([])
      const other = await appliedShop()
      expect((await other.apply(text)).problems).toBe('')
      expect(await printed(other)).toBe(text)
      expect(await other.apply(text)).toMatchObject({ problems: '', stored: [] })
    }),
    { numRuns: 40 },
  )
})

test('one file after another: it is what the second says, or refused and all as it was', {
  timeout: 240_000,
}, async () => {
  let [refused, applied] = [0, 0]
  await fc.assert(
    fc.asyncProperty(shopFile, shopFile, async (first, second) => {
      const shop = await appliedShop()
      await shop.applyContent(first)
      const before = await printed(shop)
      const { problems } = await shop.applyContent(second)
      if (problems !== '') {
        refused += 1
        expect(await printed(shop)).toBe(before)
        return
      }
      applied += 1
      expect(await shop.applyContent(second)).toMatchObject({ problems: '', stored: [] })
      const [was, is] = [before, await printed(shop)].map((text) => readShopFile(text).content as ShopContent)
      for (const [key, fields] of Object.entries(was?.products ?? {})) {
        if (second.products?.[key] === undefined) expect(is?.products?.[key]).toEqual(fields)
      }
    }),
    { numRuns: 60 },
  )
  expect(Math.min(refused, applied)).toBeGreaterThan(0)
})
