import { expect, test } from 'vitest'
import { staleTables } from './tables.ts'

test('the tables of the docs say what the code says; `node scripts/docs/tables.ts` writes them', async () => {
  expect(await staleTables({ write: false })).toEqual([])
})
