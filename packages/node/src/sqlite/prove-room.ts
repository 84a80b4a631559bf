import type { DatabaseSync } from 'node:sqlite'
import type { CommitPlan } from '@bursar/core/storage-adapter'

/** How long a proof is believed, in milliseconds: however many ask, there is one write a second. */
const BELIEVED = 1000

/**
 * Proves by a write that there is room for one: where a commit writes nothing, a full disk, or a file that may grow no more, is
 * not seen.
 */
export function roomProof(database: DatabaseSync, write: (work: () => void) => Promise<void>): () => Promise<void> {
  const take = database.prepare("insert or replace into _meta values ('room', zeroblob(8192))")
  const giveBack = database.prepare("delete from _meta where name = 'room'")
  let last: { readonly at: number; readonly proof: Promise<void> } | null = null
  return () => {
    const at = performance.now()
    if (last === null || at - last.at >= BELIEVED) {
      const proof = write(() => {
        take.run()
        giveBack.run()
      })
      const proved = { at, proof }
      last = proved
      // A file may be busy for a moment only: who was refused may ask again at once.
      proof.catch(() => {
        if (last === proved) last = null
      })
      return proof
    }
    return last.proof
  }
}

/** Does a commit change nothing, whatever it finds? */
export function provesOnly({ documents, numbers, jobs, counters }: CommitPlan): boolean {
  const changes = [...documents, ...numbers, ...jobs, ...counters].map(({ change }) => change.do)
  return changes.every((kind) => kind === 'check' || kind === 'checkLimit')
}
