import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** Whether a changeset in the folder announces a break of what has this version. */
export const hasAnnouncedBreak = (folder: string, version: string): boolean =>
  existsSync(folder) &&
  readdirSync(folder)
    .filter((name) => name.endsWith('.md') && name !== 'README.md')
    .some((name) => announcesBreak(readFileSync(join(folder, name), 'utf8'), version))

/**
 * Whether a changeset announces a break: its front matter holds a line such as `'@bursar/core': major`. Before 1.0.0 a
 * `minor` one does so too, if a line of its text begins with `Break:` and says what is broken.
 * @see https://semver.org/#spec-item-4 for what 0.y.z promises
 */
export const announcesBreak = (changeset: string, version: string): boolean => {
  const [, frontMatter = '', ...text] = changeset.split(/^---$/m)
  if (asksFor('major', frontMatter)) return true
  return version.startsWith('0.') && asksFor('minor', frontMatter) && /^Break: *\S/m.test(text.join('---'))
}

const asksFor = (kind: 'major' | 'minor', frontMatter: string): boolean =>
  new RegExp(`^['"]?@bursar/[a-z-]+['"]?:\\s*${kind}\\s*$`, 'm').test(frontMatter)
