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
import { type Call, type Change, type Conflict, isStorageUnavailable } from '../ports/index.ts'
import { PRICING_VERSION_ID, pricingChange, pricingVersions } from '../pricing/index.ts'
import { byId, type Decision, decide, idempotencyRecords, readAll, readLists } from '../storage/index.ts'
import { importBatches } from './import-batches.ts'
import { type PlannedBy, type ProductPlan, planImport, rememberedIds } from './plan-import.ts'
import { PRICING_PAUSE } from './pricing-pause.ts'
import { countPlaces } from './product-changes.ts'

/** What an import did, by products. */
export interface ImportOutcome {
  /** Products made. */
  created: number
  /** Products changed. */
  updated: number
  /** Products that were so already. */
  unchanged: number
}

/** How often it is planned anew, without getting on, what somebody else has changed meanwhile. */
const MAXIMUM_PLANS = 6

/** What was planned, and by what. */
interface ImportPlan {
  /** Products that are not stored yet. */
  readonly plans: readonly ProductPlan[]
  /** The site and its price lists as they were then. */
  readonly basis: readonly PlannedBy[]
  /** Where the key of the call is kept. */
  readonly key: AuditedWrite['key']
}

/**
 * Makes or changes products by their external ids and puts them on the site of the call. All rows are checked before the
 * first product is stored; then a few are stored at a time, so that a shop goes on while thousands come. What no row names
 * stays as it is. Repeated with the same rows it changes nothing, and after a failure it does what was not done.
 * @throws BursarError `import_refused` with what is wrong by row (`rows.12.price`; `rows` where the site lacks a price list), and then
 *   nothing was stored; any other one says in `data.stored` how many products were stored before it, if there were any
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
    const before = stored.size
    try {
      const { plans, basis } = await planImport(ports, call, { rows: input.rows, newId })
      await storePlans(ports, call, { key: write.key, basis, plans: plans.filter(({ id }) => !stored.has(id)) }, stored)
      return countOutcome(plans.length, [...stored.values()])
    } catch (error) {
      if (stored.size > before) attempt = 0
      if (!isRaceLost(error) || attempt === MAXIMUM_PLANS) throw withStored(error, stored.size)
      await ports.runtime.sleep(PRICING_PAUSE * 2 ** attempt)
    }
  }
}

/** Remembers in `stored` what is stored, also where it throws. */
async function storePlans(
  ports: AdminPorts,
  call: Call,
  { plans, ...plan }: ImportPlan,
  stored: Map<string, 'created' | 'updated'>,
): Promise<void> {
  for (const batch of importBatches(plans)) {
    // Nobody can have asked for the price of what is not there yet.
    const pricingIds = batch.filter(({ isNew }) => !isNew).flatMap((product) => product.pricingIds)
    await storeBatch(ports, call, { ...plan, plans: batch }, pricingIds)
    for (const { id, isNew } of batch) stored.set(id, isNew ? 'created' : 'updated')
    if (pricingIds.length > 0) await ports.runtime.sleep(PRICING_PAUSE)
  }
}

/** One commit. @throws BursarError `version_conflict` where somebody else has changed what was planned by */
function storeBatch(
  ports: AdminPorts,
  call: Call,
  { plans, basis, key }: ImportPlan,
  pricingIds: readonly string[],
): Promise<void> {
  const batch = { eventId: ports.runtime.newId('aud'), key }
  return decide(ports, call.scope, async (): Promise<Decision<void>> => {
    const [[pricing, ...state], now] = await readLists(
      ports.storage,
      call.scope,
      [byId(pricingVersions, PRICING_VERSION_ID), ...writeRefs(batch)],
      basis.map(({ ref }) => ref),
    )
    const { isStored, madeBefore } = writtenBefore(call, state)
    if (isStored) return { answer: undefined }
    if (basis.some(({ version }, place) => now[place]?.version !== version)) throw new BursarError('version_conflict')
    const events = eventsOf(ports, call, { plans, write: madeBefore === null ? batch : { ...batch, key: null } })
    const version = pricingIds.length === 0 ? [] : [pricingChange(ports.runtime, pricing, pricingIds)]
    return {
      changes: [
        ...plans.flatMap(({ changes }) => changes),
        ...countPlaces(ports.runtime, call, plans),
        ...events,
        ...version,
      ],
      done: () => undefined,
      onConflict: conflictOf,
    }
  })
}

/** An audit event for each product; the first batch remembers the key of the call. */
function eventsOf(
  { runtime }: AdminPorts,
  call: Call,
  { plans, write }: { plans: readonly ProductPlan[]; write: AuditedWrite },
): Change[] {
  return plans.flatMap(({ id, fields }, index) => {
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
function withStored(failure: unknown, stored: number): unknown {
  const error = isStorageUnavailable(failure)
    ? new BursarError('unavailable', { cause: failure, retryAfter: 1 })
    : failure
  if (stored === 0 || !(error instanceof BursarError)) return error
  const { message } = error.code === 'import_refused' ? new BursarError('version_conflict') : error
  const others = error.code === 'unavailable' ? ' The same import again does the others.' : ''
  return new BursarError(error.code === 'import_refused' ? 'version_conflict' : error.code, {
    message: `${message} So far ${stored} of the products ${stored === 1 ? 'is' : 'are'} stored.${others}`,
    ...{ data: { stored }, retryAfter: error.retryAfter, cause: error },
  })
}

function countOutcome(all: number, stored: readonly ('created' | 'updated')[]): ImportOutcome {
  const created = stored.filter((what) => what === 'created').length
  return { created, updated: stored.length - created, unchanged: all - stored.length }
}
