import type { Page } from 'playwright-core'
import type { OpenSampleShop } from 'sample-shop'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openTestShop } from './open-test-shop.ts'
import { visitor } from './visitor.ts'

let shop: OpenSampleShop
beforeAll(async () => {
  shop = await openTestShop()
})
afterAll(() => shop.close())

/** What has the focus, by its name: of the frame's own document where the focus is in the frame. */
async function focused(page: Page): Promise<string> {
  for (const frame of page.frames().toReversed()) {
    const name = await frame.evaluate(() => {
      const element = document.activeElement
      if (!document.hasFocus() || element === null || element === document.body || element.matches('iframe')) return ''
      const labels = element instanceof HTMLInputElement ? [...(element.labels ?? [])] : []
      const label = element.getAttribute('aria-label') ?? labels[0]?.textContent ?? element.textContent ?? ''
      return label.replaceAll(/\s+/g, ' ').trim()
    })
    if (name !== '') return name
  }
  return ''
}

/** Presses Tab until the thing of this name has the focus; fails when it is not among the next forty. */
async function tabTo(page: Page, name: RegExp): Promise<void> {
  const passed: string[] = []
  for (let presses = 0; presses < 40; presses += 1) {
    await page.keyboard.press('Tab')
    const now = await focused(page)
    if (name.test(now)) return
    passed.push(now)
  }
  throw new Error(`Tab does not lead to ${name}. It led to: ${passed.join(' | ')}`)
}

test('a book is found and bought with the keyboard alone', async () => {
  const guest = await visitor(shop.server.url)
  const page = await guest.open('/')
  await page.getByRole('status').filter({ hasText: 'products' }).waitFor()

  await page.keyboard.press('Tab')
  expect(await focused(page)).toBe('Skip to the content')
  await page.keyboard.press('Enter')
  await tabTo(page, /^Search the catalog/)
  await page.keyboard.type('theorems')
  await page.getByText('1 product for “theorems”').waitFor()
  await tabTo(page, /^Everything/)
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('ArrowDown')
  expect(await focused(page)).toBe('Books')
  await page.getByText('1 product for “theorems”').waitFor()
  await tabTo(page, /^Proofs at a Glance$/)
  await page.keyboard.press('Enter')

  // A new page: the focus is at its heading, and the tab has its name.
  await page.getByRole('button', { name: 'Add to cart' }).waitFor()
  expect(await focused(page)).toBe('Proofs at a Glance')
  expect(await page.title()).toBe('Proofs at a Glance – Sample Campus')
  await tabTo(page, /^Add to cart$/)
  await page.keyboard.press('Enter')
  await page.getByRole('link', { name: 'Go to the cart' }).waitFor()
  // The button became a link: the focus is on it, and not lost.
  expect(await focused(page)).toBe('Go to the cart')
  await page.keyboard.press('Enter')
  await page.getByText('The total is $12.00.').waitFor()
  expect(await focused(page)).toBe('Your cart')
  await tabTo(page, /^Go to checkout$/)
  await page.keyboard.press('Enter')
  await page.getByText('Sign in to go on').waitFor()
  await tabTo(page, /Learner 1$/)
  await page.keyboard.press('Enter')
  await page.getByRole('button', { name: 'Pay $12.00' }).waitFor()
  expect(await focused(page)).toBe('Checkout')

  // Pressed too early: the summary has the focus, and leads to the field.
  await tabTo(page, /^Pay/)
  await page.keyboard.press('Enter')
  await page.getByText('There is a problem').waitFor()
  await tabTo(page, /^Please agree to the terms first/)
  await page.keyboard.press('Enter')
  expect(await focused(page)).toBe('I agree to the terms of sale.')
  await page.keyboard.press('Space')

  // Into the processor's frame, and out of it again.
  await page.keyboard.press('Shift+Tab')
  expect(await focused(page)).toBe('No answer')
  await page.keyboard.press('Shift+Tab')
  await page.keyboard.press('Shift+Tab')
  await page.keyboard.press('Shift+Tab')
  expect(await focused(page)).toBe('Approved')
  await page.keyboard.press('Enter')
  await tabTo(page, /^Pay \$12\.00$/)
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: 'Thank you for your order' }).waitFor()
  expect(await focused(page)).toBe('Thank you for your order')
  await page.getByText('Everything is delivered').waitFor()
  await tabTo(page, /^Download it$/)
  expect(guest.complaints).toEqual([])
  await guest.leave()
})
