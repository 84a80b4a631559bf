import axe from 'axe-core'
import { type Browser, type BrowserContext, chromium, type Frame, type Page } from 'playwright-core'
import { expect, inject, onTestFailed } from 'vitest'

/** Rules of WCAG 2.2, levels A and AA. */
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']

/** Somebody with a browser of their own: cookies and storage are shared by their tabs, and by nobody else's. */
export interface Visitor {
  readonly context: BrowserContext
  /** Opens a tab. */
  open(path: string): Promise<Page>
  /** What went wrong in any of their tabs: errors of scripts and of the console. */
  readonly complaints: readonly string[]
  leave(): Promise<void>
}

/** How a visitor comes. */
export interface VisitorOptions {
  /** Width of the window in pixels. @default 1280 */
  width?: number
  /** @default 'light' */
  colorScheme?: 'light' | 'dark'
}

/** The browser's own line about an answer that was a refusal, such as a price that has changed: no fault of the page. */
const REFUSED = /^Failed to load resource: the server responded with a status of 409/

let connected: Promise<Browser> | undefined

/** A visitor of the shop at this address. Of a test that fails their tabs are printed: what a page says is often why. */
export async function visitor(
  url: string,
  { width = 1280, colorScheme = 'light' }: VisitorOptions = {},
): Promise<Visitor> {
  connected ??= chromium.connect(inject('browserAddress'))
  const browser = await connected
  const context = await browser.newContext({
    baseURL: url,
    viewport: { width, height: width < 600 ? 740 : 900 },
    colorScheme,
    reducedMotion: 'reduce',
  })
  context.setDefaultTimeout(15_000)
  const complaints: string[] = []
  context.on('weberror', (error) => complaints.push(String(error.error())))
  context.on('console', (message) => {
    const isComplaint = message.type() === 'error' || message.type() === 'warning'
    if (isComplaint && !REFUSED.test(message.text())) complaints.push(message.text())
  })
  onTestFailed(async () => {
    for (const page of context.pages()) console.log(`${page.url()} says:\n${await page.locator('body').ariaSnapshot()}`)
    await context.close()
  })
  return {
    context,
    complaints,
    async open(path) {
      const page = await context.newPage()
      await page.goto(path)
      return page
    },
    leave: () => context.close(),
  }
}

/** Looks at the page as it is now, with its frames: nothing in it may break a rule of WCAG 2.2 AA. */
export async function expectAccessible(page: Page): Promise<void> {
  const seen = new Set<Frame>()
  for (;;) {
    const frame = page.frames().find((one) => !seen.has(one))
    if (frame === undefined) return
    seen.add(frame)
    try {
      await expectAccessibleFrame(frame)
    } catch (error) {
      // One that went meanwhile is not of the page any more; what came in its place is looked at too.
      if (!frame.isDetached()) throw error
    }
  }
}

async function expectAccessibleFrame(frame: Frame): Promise<void> {
  await frame.evaluate(`${axe.source};0`)
  const found: axe.AxeResults = await frame.evaluate(`axe.run({ runOnly: ${JSON.stringify(RULES)}, iframes: false })`)
  const violations = found.violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`)
  expect(violations, frame.url()).toEqual([])
  expect(found.passes.length).toBeGreaterThan(0)
}
