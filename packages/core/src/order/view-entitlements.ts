import { type Run, runCounter } from '../catalog/index.ts'
import { type Entitlement, type Grant, grants, runState, stateAt } from '../entitlement/index.ts'
import type { Call } from '../ports/index.ts'
import { PRICING_VERSION_ID, type PriceBooks, pricingVersions } from '../pricing/index.ts'
import { byId, byKey, counter, readAll } from '../storage/index.ts'
import type { EntitlementView, RunView } from './order-api.ts'
import { deliveryView } from './order-view.ts'
import type { ViewPorts } from './read-order.ts'

/** Rights as their holder sees them, with their deliveries and the runs among which they have to choose. */
export async function viewEntitlements(
  ports: ViewPorts & { books: PriceBooks },
  call: Call,
  rights: readonly Entitlement[],
): Promise<readonly EntitlementView[]> {
  const [pricing, ...deliveries] = await readAll(
    ports.storage,
    call.scope,
    byId(pricingVersions, PRICING_VERSION_ID),
    ...rights.map((right) => byKey(grants, 'entitlement', right.id)),
  )
  const book = ports.books.of(call.scope.operator)
  book.sync(pricing)
  const entries = await book.entries([...new Set(rights.map((right) => right.variantId))])
  const found = rights.map((right, index) => {
    const entry = entries.get(right.variantId) ?? null
    const grant = deliveries[index]?.body ?? null
    return { right, entry, grant, runs: entry?.variant.runs ?? [] }
  })
  const counters = found.flatMap(({ right, grant, runs }) =>
    isChoosing(grant) ? runs.map(({ id }) => runCounter(right.variantId, id)) : [],
  )
  const states = await readAll(ports.storage, call.scope, ...[...new Set(counters)].map(counter))
  const taken = new Map(states.flatMap((state) => (state === null ? [] : [[state.counter, state.used + state.held]])))
  const look = {
    now: call.now,
    operator: call.scope.operator,
    fulfilment: ports.fulfilment,
    rights: new Map(rights.map((right) => [right.id, right])),
  }
  return found.map(({ right, entry, grant, runs }): EntitlementView => {
    const { id, variantId, productId, validFrom } = right
    const state = stateAt(right, call.now)
    const validUntil = state === 'pending' ? null : right.validUntil // its days have not begun
    const chosen = runs.find((run) => run.id === grant?.run)
    return {
      ...{ id, variantId, productId, state, validFrom, validUntil },
      title: entry?.product.title ?? '',
      variantName: entry?.variant.name ?? '',
      orderId: right.source.orderId,
      delivery: grant === null ? null : deliveryView(grant, look),
      ...(isChoosing(grant)
        ? { runs: runs.map((run) => runView(run, call, taken.get(runCounter(variantId, run.id)) ?? 0)) }
        : {}),
      ...(typeof grant?.run === 'string' ? { run: { id: grant.run, title: chosen?.title ?? '' } } : {}),
    }
  })
}

const isChoosing = (grant: Grant | null): boolean => grant?.waitingFor === 'run_choice'

function runView(run: Run, { now }: Call, taken: number): RunView {
  const { id, title, enrolmentStartsAt = null, enrolmentEndsAt = null, serviceStart = null, serviceEnd = null } = run
  return {
    ...{ id, title, enrolmentStartsAt, enrolmentEndsAt, serviceStart, serviceEnd },
    state: runState(run, now, taken),
  }
}
