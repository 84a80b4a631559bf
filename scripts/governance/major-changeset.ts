import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** Whether a changeset in the folder announces a `major` release of a package. */
export const hasMajorChangeset = (folder: string): boolean =>
  existsSync(folder) &&
  readdirSync(folder)
    .filter((name) => name.endsWith('.md') && name !== 'README.md')
    .some((name) => announcesMajor(readFileSync(join(folder, name), 'utf8')))

/** Whether the front matter of a changeset holds a line such as `'@bursar/core': major`. */
export const announcesMajor = (changeset: string): boolean => {
  const [, frontMatter = ''] = changeset.split(/^---$/m)
  return /^['"]?@bursar\/[a-z-]+['"]?:\s*major\s*$/m.test(frontMatter)
}
