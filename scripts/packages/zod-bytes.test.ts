import { join } from 'node:path'
import { expect, test } from 'vitest'
import { zodBytes } from './zod-bytes.ts'

const core = join(import.meta.dirname, '..', '..', 'packages', 'core')

test('a program that uses a schema is found out', async () => {
  const { bytes, files } = await zodBytes("import * as z from 'zod'; console.log(z.string().parse('a'))", core)
  expect(bytes).toBeGreaterThan(10_000)
  expect(files[0]).toContain('zod')
})

test('a program without schemas has 0 bytes of zod', async () => {
  expect(await zodBytes('console.log(1)', core)).toEqual({ bytes: 0, files: [] })
})
