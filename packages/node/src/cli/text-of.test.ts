import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { textOf } from './text-of.ts'

const TEXT = 'products:\n  a: { title: Élan }\n'
let folder = ''
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bursar-text-'))
})
afterEach(() => rm(folder, { recursive: true }))

async function read(bytes: Uint8Array): Promise<string> {
  await writeFile(join(folder, 'shop.yaml'), bytes)
  return textOf('shop.yaml', folder)
}

test.each([
  ['UTF-8', Buffer.from(TEXT)],
  ['UTF-8 with its mark', Buffer.from(`\ufeff${TEXT}`)],
  ['UTF-16, little end first', Buffer.from(`\ufeff${TEXT}`, 'utf16le')],
  ['UTF-16, big end first', Buffer.from(`\ufeff${TEXT}`, 'utf16le').swap16()],
])('reads %s', async (_name, bytes) => {
  expect(await read(bytes)).toBe(TEXT)
})

test('refuses what is not UTF-8, with its line', async () => {
  await expect(read(Buffer.from(TEXT, 'latin1'))).rejects.toThrow(
    'shop.yaml: near line 2 it is not utf-8: save it as UTF-8.',
  )
})

test('says that there is no such file', async () => {
  await expect(textOf('nowhere.yaml', folder)).rejects.toThrow('nowhere.yaml: there is no such file')
})
