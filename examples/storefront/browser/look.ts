import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { expectAccessible } from './visitor.ts'

/** Where pictures of the pages are put, to be looked at; none are made unless it is named. */
export const PICTURES = process.env.BURSAR_PICTURES

/** A size of window and a scheme of colours that every page is looked at in. */
export interface View {
  readonly width: number
  readonly colorScheme: 'light' | 'dark'
}

/** See {@link View}. */
export const VIEWS = [
  { name: 'a phone', width: 360, colorScheme: 'light' },
  { name: 'a desk', width: 1280, colorScheme: 'light' },
  { name: 'a desk at night', width: 1280, colorScheme: 'dark' },
] as const

/** What is read at a glance and never torn over two lines: amounts, and the words of the header. */
async function tornWords(page: Page): Promise<readonly string[]> {
  return page.evaluate(() => {
    const torn: string[] = []
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
    for (let text = texts.nextNode(); text !== null; text = texts.nextNode()) {
      const element = text.parentElement
      // What only a screen reader is told is one pixel wide.
      if (!element?.checkVisibility() || getComputedStyle(element).clipPath !== 'none') continue
      const range = document.createRange()
      for (const { 0: word, index } of (text.textContent ?? '').matchAll(/\S+/g)) {
        if (!/\d[.,]\d\d\b/.test(word) && element.closest('header') === null) continue
        range.setStart(text, index)
        range.setEnd(text, index + word.length)
        const lines = new Set([...range.getClientRects()].filter(({ width }) => width > 1).map(({ top }) => top))
        if (lines.size > 1) torn.push(word)
      }
    }
    return torn
  })
}

/** Looks at the page as it is now: it breaks no rule of WCAG, is no wider than the window, and tears no amount in two. */
export async function look(page: Page, name: string, { width, colorScheme }: View): Promise<void> {
  await page.evaluate(() => document.fonts.ready)
  if (PICTURES !== undefined) {
    mkdirSync(PICTURES, { recursive: true })
    await page.screenshot({ path: join(PICTURES, `${name}-${width}-${colorScheme}.png`), fullPage: true })
  }
  await expectAccessible(page)
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
  expect([name, overflow]).toEqual([name, 0])
  expect([name, await tornWords(page)]).toEqual([name, []])
}
