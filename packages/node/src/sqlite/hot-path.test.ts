import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { documentedCosts, hotPath, makeCourseSoldOnce, stillClock } from '../real-shop/hot-path.ts'
import { realShop } from '../real-shop/real-shop.ts'
import { sqliteStatements } from '../testing/sqlite-statements.ts'
import { sqliteStorage } from './sqlite-storage.ts'

test('what an operation costs in statements of SQLite is what docs/scale.md says', async () => {
  const clock = stillClock()
  const folder = mkdtempSync(join(tmpdir(), 'bursar-hot-path-'))
  const { opened: storage, statements } = sqliteStatements(() => sqliteStorage({ file: join(folder, 'shop.db') }))
  const shop = await realShop({ storage, runtime: clock.runtime })
  const cost = async (work: () => Promise<unknown>) => {
    const before = statements.count
    await work()
    return statements.count - before
  }
  try {
    const once = await makeCourseSoldOnce(shop)
    await hotPath(shop, { clock, once, cost })
    const documented = Object.entries(documentedCosts()).map(([name, costs]) => [name, costs[2]])
    expect(await hotPath(shop, { clock, once, cost })).toEqual(Object.fromEntries(documented))
  } finally {
    statements.end()
    await shop.end()
    rmSync(folder, { recursive: true })
  }
})
