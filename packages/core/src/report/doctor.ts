import { paymentAccounts } from '../payment/index.ts'
import type { Call, Storage } from '../ports/index.ts'
import type { PromotionRules } from '../promotion/index.ts'
import { SYSTEM_SCOPE, sellers, sites } from '../site/index.ts'
import { listAll } from '../storage/index.ts'
import { CHECK_NAMES } from './checks.ts'
import type { DoctorReport } from './doctor-report.ts'
import { Examination } from './examination.ts'
import { examineCounters } from './examine-counters.ts'
import { examineOrders } from './examine-orders.ts'
import { examinePersonalData } from './examine-personal-data.ts'
import {
  examineBelonging,
  examineCartPeople,
  examineCarts,
  examineEvents,
  examineJournal,
  examineParkedJobs,
} from './examine-records.ts'
import type { OperatorFacts } from './gather-order-facts.ts'
import { jobIndex } from './job-index.ts'

/**
 * Walks all of an operator's live data, on all its sites, and checks every invariant of docs/invariants.md that exists so
 * far. It changes nothing, may run while the shop sells, and holds a page of records at a time.
 */
export async function doctor(
  ports: { storage: Storage; rules?: PromotionRules | undefined },
  call: { readonly scope: Pick<Call['scope'], 'operator'>; readonly now: Call['now'] },
): Promise<DoctorReport> {
  const { storage } = ports
  const examination = new Examination()
  for (const { name } of CHECK_NAMES) examination.count(name, 0)
  const known = { ...(await knowOperator(storage, call.scope.operator, call.now)), rules: ports.rules }
  await examineJournal(storage, known, examination)
  await examineOrders(storage, known, examination)
  await examineCarts(storage, known, examination)
  await examineCartPeople(storage, known, examination)
  await examineBelonging(storage, known, examination)
  await examineCounters(storage, known, examination)
  await examineEvents(storage, known, examination)
  await examineParkedJobs(storage, known, examination)
  await examinePersonalData(storage, known, examination)
  return examination.report()
}

async function knowOperator(storage: Storage, operator: string, now: Call['now']): Promise<OperatorFacts> {
  const [ownSites, ownSellers, accounts, jobs] = await Promise.all([
    listAll(storage, { operator }, sites, { index: 'id' }),
    listAll(storage, { operator }, sellers, { index: 'id' }),
    listAll(storage, SYSTEM_SCOPE, paymentAccounts, { index: 'operator', equals: [operator] }),
    jobIndex(storage, operator),
  ])
  return {
    operator,
    sites: ownSites.map(({ body }) => body),
    sellers: new Set(ownSellers.map(({ id }) => id)),
    accounts: new Map(accounts.map(({ id, body }) => [id, body])),
    jobs,
    now,
  }
}
