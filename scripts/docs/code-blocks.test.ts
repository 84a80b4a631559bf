import { expect, test } from 'vitest'
import { codeBlocks, localLinks } from './code-blocks.ts'

const page = [
  '# A page',
  '',
  '```ts',
  "import 'a'",
  '```',
  'See [more](./more.md#part) and [there](https://example.org).',
  '',
  '```sh',
  'echo "[no](link.md)"',
  '```',
].join('\n')

test('finds each block with its language and first line', () => {
  expect(codeBlocks(page)).toEqual([
    { language: 'ts', line: 4, text: "import 'a'" },
    { language: 'sh', line: 9, text: 'echo "[no](link.md)"' },
  ])
})

test('finds the links to files, without those in code', () => {
  expect(localLinks(page)).toEqual(['./more.md'])
})

test('a longer fence holds a shorter one', () => {
  expect(codeBlocks('````md\n```ts\n1\n```\n````')).toEqual([{ language: 'md', line: 2, text: '```ts\n1\n```' }])
})
