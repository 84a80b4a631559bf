import { realpathSync, statSync } from 'node:fs'
import { StorageUnavailableError } from '@bursar/core/storage-adapter'

/** So long a file that was there is taken to be there still, in milliseconds: each look costs calls of the system. */
const BELIEVED_MS = 1000

/** Watches whether files that are open are still those of their names. */
export interface FileWatch {
  /**
   * To be asked before each commit. It looks once a second, and each time once one was away: what is written to a file
   * that has lost its name is gone when the process ends.
   *
   * @param now milliseconds of a clock that is never set
   * @throws StorageUnavailableError of the outcome `nothing`
   */
  assertThere(now: number): void
}

/**
 * Watches files that were just opened, as their names lead to them now: links are followed. A link that is merely gone is
 * none of its file's: a release that is removed takes its own.
 */
export function watchFiles(paths: readonly string[]): FileWatch {
  const opened = paths.map((path) => ({ path, real: realOf(path), identity: identityOf(path) }))
  let seen = Number.NEGATIVE_INFINITY
  return {
    assertThere(now) {
      if (now - seen < BELIEVED_MS) return
      for (const { path, real, identity } of opened) {
        const named = path === real ? 'none' : identityOf(path)
        if (!isOther(identity, identityOf(real)) && (named === 'none' || !isOther(identity, named))) continue
        const message = `The file ${path} was replaced or removed: restart this process.`
        throw new StorageUnavailableError(message, { outcome: 'nothing' })
      }
      seen = now
    },
  }
}

/** Where links lead to; the name itself where nothing is, or this process may not look. */
function realOf(path: string): string {
  try {
    return realpathSync(path)
  } catch {
    return path
  }
}

type Identity = string | 'none' | 'not known'

function isOther(before: Identity, now: Identity): boolean {
  return before !== now && before !== 'none' && before !== 'not known' && now !== 'not known'
}

/** Not known where this process may not look, or the file system does not number its files. */
function identityOf(path: string): Identity {
  try {
    const found = statSync(path, { bigint: true, throwIfNoEntry: false })
    if (found === undefined) return 'none'
    return found.ino === 0n ? 'not known' : `${found.dev} ${found.ino}`
  } catch {
    return 'not known'
  }
}
