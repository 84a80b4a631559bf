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

/** Looks at the page as it is now: it breaks no rule of WCAG and is no wider than the window. */
export async function look(page: Page, name: string, { width, colorScheme }: View): Promise<void> {
  await page.evaluate(() => document.fonts.ready)
  if (PICTURES !== undefined) {
    mkdirSync(PICTURES, { recursive: true })
    await page.screenshot({ path: join(PICTURES, `${name}-${width}-${colorScheme}.png`), fullPage: true })
  }
  await expectAccessible(page)
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
  expect([name, overflow]).toEqual([name, 0])
}
