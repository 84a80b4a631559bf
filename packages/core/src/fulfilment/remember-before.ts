import { type Grant, grants } from '../entitlement/index.ts'
import type { Json } from '../json/index.ts'
import { type FulfilmentProvider, isLearningPlatform, type Scope, type Stored } from '../ports/index.ts'
import { byId, decide, listAll, put, readAll, storedBy } from '../storage/index.ts'
import type { FulfilmentPorts } from './fulfilment-ports.ts'

/** What was found at a provider, and the grant as it was read a moment ago. */
interface FoundBefore {
  readonly provider: FulfilmentProvider
  readonly before: Json
  /** Hash of the account where it was found, or null. */
  readonly learner: string | null
  /** Is not read again where it keeps nothing yet. */
  readonly known: Stored<Grant> | null
  /** Is it still to be delivered? One that is not is not begun: the rest of it is known to need no withdrawal. */
  mayBegin(grant: Grant): boolean
}

/**
 * Keeps the state that was found at the provider, before anything is changed there; answers the grant that has it. Where
 * another grant of the same subject came first, what was found may be that grant's doing: then the state before the first
 * one is kept, so that whatever is withdrawn last restores it. Kept once; a later find changes nothing.
 * @throws RangeError for one that may not begin
 */
export async function rememberBefore(
  ports: Pick<FulfilmentPorts, 'storage' | 'runtime'>,
  scope: Scope,
  grantId: string,
  found: FoundBefore,
): Promise<Stored<Grant> | null> {
  return decide<Stored<Grant> | null>(ports, scope, async (tries) => {
    // Only a write proves that it is still so: what was kept may have been reset meanwhile, and is then kept again.
    const isKnown = tries === 1 && found.known?.body.before === null
    const [stored] = isKnown ? [found.known] : await readAll(ports.storage, scope, byId(grants, grantId))
    if (stored !== null && !found.mayBegin(stored.body))
      throw new RangeError(`grant ${grantId} is no longer to be delivered`)
    if (stored === null || stored.body.before !== null) return { answer: stored }
    const grant: Grant = isLearningPlatform(found.provider) ? { ...stored.body, learner: found.learner } : stored.body
    const others = await othersOfSubject(ports, scope, grant, found.provider)
    const before = others.find((other) => mayHaveActed(other))?.before ?? found.before
    const next = { ...grant, before }
    return {
      changes: [put(grants, stored, next)],
      done: (committed) => storedBy(committed, grants, grantId, next),
    }
  })
}

/**
 * The other grants of the learner at this provider that are counted together with this one. One that keeps no learner was
 * not begun, or was by a release before: of those only the customer's own are known to be the learner's.
 */
export async function othersOfSubject(
  ports: Pick<FulfilmentPorts, 'storage'>,
  scope: Scope,
  { id: self, customerId, provider: name, target, learner = null }: Grant,
  provider: FulfilmentProvider,
): Promise<Grant[]> {
  const subject = subjectOf(provider, target)
  if (subject === null) return []
  const list = (index: string, equals: readonly string[]) => listAll(ports.storage, scope, grants, { index, equals })
  const [ofCustomer, ofLearner] = await Promise.all([
    list('customerProvider', [customerId, name]),
    learner === null ? [] : list('learner', [learner]),
  ])
  const isCounted = (other: Grant) => learner === null || (other.learner ?? learner) === learner
  const all = new Map([...ofCustomer, ...ofLearner].map(({ id, body }) => [id, body]))
  all.delete(self)
  return [...all.values()].filter((other) => isCounted(other) && subjectOf(provider, other.target) === subject)
}

/** What a target is about, or null where grants stand each for itself. */
export function subjectOf(provider: FulfilmentProvider | undefined, target: Json): string | null {
  return isLearningPlatform(provider) ? provider.subjectOf(target) : null
}

/** Does what a grant gives count, or may it have been given? `before` is kept before anything is changed. */
function mayHaveActed({ state, before }: Grant): boolean {
  return before !== null && state !== 'withdrawn' && state !== 'waiting'
}
