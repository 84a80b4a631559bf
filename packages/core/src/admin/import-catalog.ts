import {
  type AuditedWrite,
  audit,
  auditedCall,
  auditedWrite,
  writeChanges,
  writeRefs,
  writtenBefore,
} from '../audit/index.ts'
import { type AdminPorts, type CatalogRow, products } from '../catalog/index.ts'
import { BursarError } from '../errors/index.ts'
import type { Call, Change, Conflict } from '../ports/index.ts'
import { PRICING_VERSION_ID, pricingChange, pricingVersions } from '../pricing/index.ts'
import { byId, type Decision, decide, idempotencyRecords, readAll } from '../storage/index.ts'
import { importBatches } from './import-batches.ts'
import { type ProductPlan, planImport, rememberedIds } from './plan-import.ts'

/** What an import did, by products. */
export interface ImportOutcome {
  /** Products made. */
  created: number
  /** Products changed. */
  updated: number
  /** Products that were so already. */
  unchanged: number
}

/** How often it is planned anew what somebody else has changed meanwhile. */
const MAXIMUM_PLANS = 6

/**
 * Makes or changes products by their external ids and puts them on the site of the call. All rows are checked before the
 * first product is stored; then a few are stored at a time, so that a shop goes on while thousands come. What no row names
 * stays as it is. Repeated with the same rows it changes nothing, and after a failure it does what was not done.
 * @throws BursarError `import_refused` with what is wrong by row (`rows.12.price`), and then nothing was stored;
 *   any other one says in `data.stored` how many products were stored before it, if there were any
 */
export async function importCatalog(
  ports: AdminPorts,
  call: Call,
  input: { rows: readonly CatalogRow[] },
): Promise<ImportOutcome> {
  const write = auditedWrite(ports.runtime, call)
  writtenBefore(call, await readAll(ports.storage, call.scope, ...writeRefs(write)))
  const newId = rememberedIds(ports)
  const stored = new Map<string, 'created' | 'updated'>()
  for (let attempt = 1; ; attempt += 1) {
    try {
      const plans = await planImport(ports, call, { rows: input.rows, newId })
      await storePlans(ports, call, { write, plans, stored })
      return countOutcome(plans.length, [...stored.values()])
    } catch (error) {
      if (!isRaceLost(error) || attempt === MAXIMUM_PLANS) throw withStored(error, stored.size)
    }
  }
}

/** Remembers in `stored` what is stored, also where it throws. */
async function storePlans(
  ports: AdminPorts,
  call: Call,
  { write, plans, stored }: { write: AuditedWrite; plans: readonly ProductPlan[]; stored: Map<string, string> },
): Promise<void> {
  for (const batch of importBatches(plans)) {
    await storeBatch(ports, call, { key: write.key, batch })
    for (const { id, isNew } of batch) if (!stored.has(id)) stored.set(id, isNew ? 'created' : 'updated')
  }
}

/** One commit. @throws BursarError `version_conflict` where somebody else has changed the same meanwhile */
function storeBatch(
  ports: AdminPorts,
  call: Call,
  { key, batch }: { key: AuditedWrite['key']; batch: readonly ProductPlan[] },
): Promise<void> {
  const write = { eventId: ports.runtime.newId('aud'), key }
  return decide(ports, call.scope, async (): Promise<Decision<void>> => {
    const [pricing, ...state] = await readAll(
      ports.storage,
      call.scope,
      byId(pricingVersions, PRICING_VERSION_ID),
      ...writeRefs(write),
    )
    const { isStored, madeBefore } = writtenBefore(call, state)
    if (isStored) return { answer: undefined }
    // Nobody can have asked for the price of what is not there yet.
    const pricingIds = batch.filter(({ isNew }) => !isNew).flatMap((plan) => plan.pricingIds)
    const events = eventsOf(ports, call, { batch, write: madeBefore === null ? write : { ...write, key: null } })
    return {
      changes: [...batch.flatMap(({ changes }) => changes), ...events, pricingChange(pricing, pricingIds)],
      done: () => undefined,
      onConflict: conflictOf,
    }
  })
}

/** An audit event for each product; the first batch remembers the key of the call. */
function eventsOf(
  { runtime }: AdminPorts,
  call: Call,
  { batch, write }: { batch: readonly ProductPlan[]; write: AuditedWrite },
): Change[] {
  return batch.flatMap(({ id, fields }, index) => {
    const what = { collection: products.name, record: id, fields }
    if (index === 0) return writeChanges(call, write, what)
    return [audit({ ...auditedCall(call), ...what, id: runtime.newId('aud') })]
  })
}

/** Many change what prices are made of, and none of them what was planned; else it is planned anew. */
function conflictOf(conflict: Conflict, changes: readonly Change[]): 'again' | BursarError {
  const change = changes[conflict.change]
  const isPlanned =
    change === undefined || !('in' in change) || ![pricingVersions.name, idempotencyRecords.name].includes(change.in)
  return isPlanned ? new BursarError('version_conflict') : 'again'
}

const isRaceLost = (error: unknown): boolean => error instanceof BursarError && error.code === 'version_conflict'

/** What refuses an import says that nothing was imported: where something was, somebody else was quicker. */
function withStored(error: unknown, stored: number): unknown {
  if (stored === 0 || !(error instanceof BursarError)) return error
  const code = error.code === 'import_refused' ? 'version_conflict' : error.code
  const message = `${new BursarError(code).message} So far ${stored} products are stored: the same import again does the others.`
  return new BursarError(code, { message, data: { stored }, retryAfter: error.retryAfter, cause: error })
}

function countOutcome(all: number, stored: readonly ('created' | 'updated')[]): ImportOutcome {
  const created = stored.filter((what) => what === 'created').length
  return { created, updated: stored.length - created, unchanged: all - stored.length }
}
