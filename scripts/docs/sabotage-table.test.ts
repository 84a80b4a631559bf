import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { expect, test } from 'vitest'

const root = join(import.meta.dirname, '..', '..')

test('the page names each shop that is broken on purpose; `pnpm --filter ./bench run sabotages` writes its table', async () => {
  const page = readFileSync(join(root, 'docs', 'simulation.md'), 'utf8')
  const file = pathToFileURL(join(root, 'packages', 'core', 'src', 'testing', 'simulation', 'sabotages.ts'))
  const { sabotages }: { sabotages: readonly { name: string }[] } = await import(file.href)
  const [, table = ''] = /<!-- sabotages -->([\s\S]*)<!-- \/sabotages -->/.exec(page) ?? []
  const rows = table.split('\n').filter((line) => /[|] +\d+ +[|]$/.test(line))
  expect(rows.map((row) => row.split('|')[1]?.trim())).toEqual(sabotages.map(({ name }) => name))
})
