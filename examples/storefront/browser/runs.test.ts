import type { OpenSampleShop } from 'sample-shop'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { look, VIEWS } from './look.ts'
import { openTestShop } from './open-test-shop.ts'
import { addToCart, payWith, signIn } from './shopping.ts'
import { visitor } from './visitor.ts'

let shop: OpenSampleShop
beforeAll(async () => {
  shop = await openTestShop()
})
afterAll(() => shop.close())

describe.each(VIEWS.map((view, index) => ({ ...view, learner: `Learner ${index + 1}`, index })))(
  'on $name',
  ({ learner, index, ...view }) => {
    test('a run is chosen on the order’s page, and the course is delivered then', async () => {
      const { open, complaints, leave } = await visitor(shop.server.url, view)
      const page = await open('/sign-in')
      await signIn(page, learner)
      await addToCart(page, 'double-entry-bookkeeping')
      await page.goto('/checkout')
      await payWith(page, 'Approved')
      await page.getByRole('heading', { name: 'Thank you' }).waitFor()
      const runs = page.getByRole('group', { name: 'When would you like to take it?' })
      await runs.getByRole('radio', { name: /In the evenings, from/ }).waitFor()
      expect(await runs.getByRole('radio', { name: /Summer school.*not open yet/ }).isDisabled()).toBe(true)
      await look(page, 'run-choice', view)
      await page.getByRole('button', { name: 'Choose this run' }).click()
      await page.getByRole('alert').filter({ hasText: 'Choose a run first.' }).waitFor()
      const weekend = runs.getByRole('radio', { name: /At weekends/ })
      if (index === 0) {
        await weekend.check()
      } else {
        // The one seat went to the learner before.
        expect(await weekend.isDisabled()).toBe(true)
        await runs.getByRole('radio', { name: /In the evenings/ }).check()
      }
      await page.getByRole('button', { name: 'Choose this run' }).click()
      await page.getByText('Everything is delivered').waitFor()
      expect(await runs.count()).toBe(0)
      await look(page, 'run-chosen', view)
      expect(complaints).toEqual([])
      await leave()
    })
  },
)
