import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'

const folder = join(import.meta.dirname, '..', '..', '.changeset')
const files = readdirSync(folder).filter((name) => name.endsWith('.md') && name !== 'README.md')

// A formatter once made a heading of the packages, and the release would have passed over the change.
test.each(files)('%s names packages and says something', (name) => {
  const text = readFileSync(join(folder, name), 'utf8')
  expect(text).toMatch(/^---\n(?:'@bursar\/(?:core|node|react)': (?:major|minor|patch)\n)+---\n\n\S/)
})
