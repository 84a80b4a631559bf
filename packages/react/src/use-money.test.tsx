// @vitest-environment happy-dom
import { memoryShop } from '@bursar/core/testing'
import { cleanup } from '@testing-library/react'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { prefetch } from './server/index.ts'
import { renderInShop } from './testing/render-in-shop.tsx'
import { useMoney } from './use-money.ts'

const { commerce } = await memoryShop()
const shopper = commerce.as({ type: 'shopper', site: 'main' })
const complaints = vi.spyOn(console, 'error').mockImplementation(() => {})

beforeEach(() => complaints.mockClear())
afterEach(cleanup)

function Shown() {
  const { locale, timeZone, format, formatInstant } = useMoney()
  const date = formatInstant('2026-12-31T23:30:00.000Z', { dateStyle: 'short' })
  return [locale, timeZone, format(123456, 'EUR'), date].join(' | ')
}

/** What is shown, with plain spaces. */
const shownOf = (props: Parameters<typeof renderInShop>[2]) =>
  renderInShop(shopper, <Shown />, props).container.textContent?.replace(/\p{Zs}/gu, ' ')

/** What a host without types gives for one that it does not know. */
const none = JSON.parse('null')

test.each([
  ['de', 'de | UTC | 1.234,56 € | 31.12.26'],
  ['de-DE', 'de-DE | UTC | 1.234,56 € | 31.12.26'],
  ['de_DE', 'de-DE | UTC | 1.234,56 € | 31.12.26'],
  ['pt_BR', 'pt-BR | UTC | € 1.234,56 | 31/12/2026'],
  ['zh_Hant_TW', 'zh-Hant-TW | UTC | €1,234.56 | 2026/12/31'],
  ['', 'en | UTC | €1,234.56 | 12/31/26'],
  [none, 'en | UTC | €1,234.56 | 12/31/26'],
  [undefined, 'en | UTC | €1,234.56 | 12/31/26'],
])('the locale %j shows amounts and dates', (locale, shown) => {
  expect(shownOf({ locale })).toBe(shown)
  expect(complaints).not.toHaveBeenCalled()
})

test.each([
  ['America/New_York', 'en | America/New_York | €1,234.56 | 12/31/26'],
  ['Asia/Tokyo', 'en | Asia/Tokyo | €1,234.56 | 1/1/27'],
  ['', 'en | UTC | €1,234.56 | 12/31/26'],
  [none, 'en | UTC | €1,234.56 | 12/31/26'],
])('the zone %j shows amounts and dates', (timeZone, shown) => {
  expect(shownOf({ timeZone })).toBe(shown)
  expect(complaints).not.toHaveBeenCalled()
})

test.each([
  [{ locale: 'german, please' }, 'german, please | UTC | – | –'],
  [{ timeZone: 'Europe/Nowhere' }, 'en | Europe/Nowhere | €1,234.56 | –'],
])('%j, which nobody understands, is said on the console', (props, shown) => {
  expect(shownOf(props)).toBe(shown)
  expect(complaints).toHaveBeenCalled()
  expect(complaints.mock.calls.flat().join()).toContain('RangeError')
})

test('the default is the site’s', async () => {
  const { site = none } = await prefetch(shopper)
  const initial = { site: { ...site, locales: ['fr'], timeZone: 'Asia/Tokyo' } }
  expect(shownOf({ initial, locale: '', timeZone: '' })).toBe('fr | Asia/Tokyo | 1 234,56 € | 01/01/2027')
})

function Waiting() {
  return useMoney().format(0, '')
}

test('an amount that waits for its currency is a dash, and no mistake', () => {
  expect(renderInShop(shopper, <Waiting />).container.textContent).toBe('–')
  expect(complaints).not.toHaveBeenCalled()
})
