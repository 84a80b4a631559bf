import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { hasAnnouncedBreak } from './announces-break.ts'

/** Where a workspace keeps what breaks are judged by. */
export interface Workspace {
  /** Its folder. */
  root: string
}

/** What is said of the breaks that were found, and whether they may stay. */
export interface Judgement {
  ok: boolean
  lines: string[]
}

/** Judges breaks by the changesets that wait in the workspace and by the version of the API's package. */
export const judgeBreaks = (breaks: readonly string[], { root }: Workspace): Judgement => {
  if (breaks.length === 0) return { ok: true, lines: ['No break since the last release.'] }
  const { version } = JSON.parse(readFileSync(join(root, 'packages', 'core', 'package.json'), 'utf8'))
  if (hasAnnouncedBreak(join(root, '.changeset'), version)) {
    return { ok: true, lines: [...breaks, 'A changeset announces the breaks above.'] }
  }
  const announce = version.startsWith('0.')
    ? 'a `minor` changeset with a line that begins with `Break:` and says what breaks'
    : 'a `major` changeset'
  const count = breaks.length === 1 ? 'One break' : `${breaks.length} breaks`
  return {
    ok: false,
    lines: [...breaks, `${count} since the last release: take back what breaks, or add ${announce}.`],
  }
}

/** Writes the judgement; the process fails by it. */
export const concludeBreaks = (breaks: readonly string[], workspace: Workspace): void => {
  const { ok, lines } = judgeBreaks(breaks, workspace)
  console.log(lines.join('\n'))
  if (!ok) process.exitCode = 1
}
