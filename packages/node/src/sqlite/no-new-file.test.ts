import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { assertNoNewFile, withNoNewFile } from './no-new-file.ts'

const asked = (file: string) => withNoNewFile(async () => assertNoNewFile(file))

test('a file that is not there is refused with what to do, and only a relative one with where it was looked for', async () => {
  const file = join(mkdtempSync(join(tmpdir(), 'bursar-')), 'none.sqlite')
  await expect(asked(file)).rejects.toThrow(`There is no ${file}. A new shop is made by \`bursar serve\`.`)
  await expect(asked('none.sqlite')).rejects.toThrow('A relative file is looked for in the folder')
})

test.each([':memory:', 'file:/none/shop.sqlite', ''])('what SQLite takes for no path, %j, is its own', async (file) => {
  await expect(asked(file)).resolves.toBeUndefined()
})
