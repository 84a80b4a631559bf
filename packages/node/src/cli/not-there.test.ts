import { afterEach, expect, test } from 'vitest'
import { endCommandLines, startCommandLine } from '../testing/command-line.ts'
import { commandLineShop } from '../testing/command-line-shop.ts'

afterEach(endCommandLines)

test('an id that a site does not have is said, with the site', { timeout: 120_000 }, async () => {
  const { cwd, close } = await commandLineShop({})
  await close()
  for (const [what, ...args] of [
    ['cart crt_typo', 'explain', 'crt_typo'],
    ['order ord_typo', 'explain', 'ord_typo'],
    ['batch cbt_typo', 'codes', 'export', 'cbt_typo'],
  ]) {
    const run = startCommandLine(cwd, args)
    expect(await run.ended).toBe(1)
    expect(run.output()).toContain(`The site "main" has no ${what}: check it, or name another site by --site.`)
  }
})
