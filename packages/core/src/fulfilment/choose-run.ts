import { runCounter, variants } from '../catalog/index.ts'
import { enqueueGrant, entitlements, grants, runState, withRun } from '../entitlement/index.ts'
import { BursarError } from '../errors/index.ts'
import {
  type ChooseRunInput,
  callingCustomer,
  type EntitlementView,
  type ViewPorts,
  viewEntitlements,
} from '../order/index.ts'
import type { Call, Change, Runtime } from '../ports/index.ts'
import type { PriceBooks } from '../pricing/index.ts'
import { byId, byKey, decide, put, readAll } from '../storage/index.ts'

/**
 * The customer who calls chooses the run of a right of theirs, once: it takes a seat of the run, and is delivered now.
 * The same run once more changes nothing.
 *
 * @throws BursarError `not_found` alike for none and for another's; `wrong_state` while it waits for something else, as for
 * its payment, or was taken back; `run_chosen` where it has another run; `run_not_open` for a run that is not there, not yet
 * open or closed; `run_full`.
 */
export async function chooseRun(
  ports: ViewPorts & { runtime: Runtime; books: PriceBooks },
  call: Call,
  { entitlementId, run: runId }: ChooseRunInput,
): Promise<EntitlementView> {
  const customerId = await callingCustomer(ports, call)
  const right = await decide(ports, call.scope, async () => {
    const [entitlement, grant] = await readAll(
      ports.storage,
      call.scope,
      byId(entitlements, entitlementId),
      byKey(grants, 'entitlement', entitlementId),
    )
    if (entitlement === null || entitlement.body.customerId !== customerId) throw new BursarError('not_found')
    if (grant?.body.run === runId) return { answer: entitlement.body }
    if (typeof grant?.body.run === 'string') throw new BursarError('run_chosen')
    if (grant?.body.waitingFor !== 'run_choice') throw new BursarError('wrong_state')
    const { variantId } = entitlement.body
    const [variant] = await readAll(ports.storage, call.scope, byId(variants, variantId))
    const run = variant?.body.runs?.find(({ id }) => id === runId)
    if (run === undefined || runState(run, call.now, 0) !== 'open') throw new BursarError('run_not_open')
    // The run's target has the shape of the provider of now: another may have been written with it since the sale.
    const provider = variant?.body.fulfilment?.provider ?? grant.body.provider
    const next = withRun({ entitlement: entitlement.body, grant: grant.body }, { run, provider, now: call.now })
    const seat = { counter: runCounter(variantId, runId), hold: entitlementId }
    const changes: Change[] = [
      put(entitlements, entitlement, next.entitlement),
      put(grants, grant, next.grant),
      // Where there is no limit it is taken too: the seat is given back when the right is, whatever the limit is then.
      { do: 'hold', ...seat, n: 1, limit: run.capacity ?? Number.MAX_SAFE_INTEGER, due: call.now },
      { do: 'commitHold', ...seat },
      enqueueGrant(ports.runtime, 'grant.deliver', next.grant),
    ]
    return {
      changes,
      done: () => next.entitlement,
      onConflict: ({ why }) => (why === 'limit' ? new BursarError('run_full') : 'again'),
    }
  })
  const [view] = await viewEntitlements(ports, call, [right])
  if (view === undefined) throw new BursarError('not_found')
  return view
}
