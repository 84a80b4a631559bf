import { auditEvents } from '../audit/index.ts'
import { carts } from '../cart/index.ts'
import { type Customer, customers } from '../customer/index.ts'
import { entitlements, grants } from '../entitlement/index.ts'
import { journal } from '../journal/index.ts'
import { domainEvents, orders } from '../order/index.ts'
import { paymentEvents, payments } from '../payment/index.ts'
import type { AnyCollection, Collection, Storage } from '../ports/index.ts'
import { pricingInputs } from '../pricing/index.ts'
import { byId, idempotencyRecords, readAll } from '../storage/index.ts'
import { type PersonalDataFacts, type PersonalWords, personalData, personalWords } from './checks/personal-data.ts'
import { checks } from './checks.ts'
import type { Examination } from './examination.ts'
import type { OperatorFacts } from './gather-order-facts.ts'
import { walkPages } from './walk.ts'

/** Operators with more records than this are not searched: every word of every record is looked at. */
const MOST_RECORDS = 10_000

/** What is searched, and by which index all of it is found. */
const SEARCHED: readonly { collection: AnyCollection; index: string }[] = [
  { collection: journal, index: 'recordedAt' },
  { collection: auditEvents, index: 'at' },
  { collection: domainEvents, index: 'stream' },
  { collection: paymentEvents, index: 'receivedAt' },
  { collection: payments, index: 'createdAt' },
  { collection: entitlements, index: 'soldAt' },
  { collection: grants, index: 'siteState' },
  { collection: idempotencyRecords, index: 'expiresAt' },
  { collection: carts, index: 'createdAt' },
  { collection: orders, index: 'createdAt' },
]

/** Searches what is not personal for what customers are known by, where there are few enough records. */
export async function examinePersonalData(
  storage: Storage,
  known: OperatorFacts,
  examination: Examination,
): Promise<void> {
  const records = await countRecords(storage, known)
  if (records > MOST_RECORDS) {
    examination.count(`${personalData.name} (left out)`, records)
    return
  }
  const people = await readPeople(storage, known)
  for (const { collection, scope, index } of placesOf(known)) {
    // What stands in a collection is JSON; the list above forgets which.
    for await (const page of walkPages(storage, scope, collection as unknown as Collection, index)) {
      for (const { id, body } of page) {
        await lookAt(examination, { collection: collection.name, id, body, people })
        if (collection.name === orders.name) await lookAtInputs(storage, scope, examination, body, people)
      }
    }
  }
}

async function lookAt(examination: Examination, facts: PersonalDataFacts): Promise<void> {
  await examination.look(checks.personalData, facts, async () => facts)
}

/** Pricing inputs are in no index: each is found by the orders that name it. */
async function lookAtInputs(
  storage: Storage,
  scope: { operator: string },
  examination: Examination,
  order: unknown,
  people: PersonalWords,
): Promise<void> {
  const { inputsHash } = order as { inputsHash: string } // an order
  const [inputs] = await readAll(storage, scope, byId(pricingInputs as unknown as Collection, inputsHash)) // JSON
  if (inputs === null) return
  await lookAt(examination, { collection: pricingInputs.name, id: inputsHash, body: inputs.body, people })
}

function placesOf({ operator, sites }: OperatorFacts) {
  return SEARCHED.flatMap(({ collection, index }) => {
    const scopes = collection.of === 'site' ? sites.map(({ id }) => ({ operator, site: id })) : [{ operator }]
    return scopes.map((scope) => ({ collection, scope, index }))
  })
}

async function countRecords(storage: Storage, known: OperatorFacts): Promise<number> {
  const people = { collection: customers, scope: { operator: known.operator }, index: 'createdAt' }
  let records = 0
  for (const { collection, scope, index } of [people, ...placesOf(known)]) {
    const query = { in: collection.name, index, equals: [], limit: 1, countUpTo: MOST_RECORDS }
    const { count = 0 } = await storage.list(scope, query)
    records += count === 'more' ? MOST_RECORDS + 1 : count
  }
  return records
}

async function readPeople(storage: Storage, { operator }: OperatorFacts): Promise<PersonalWords> {
  const people: Customer[] = []
  for await (const page of walkPages(storage, { operator }, customers, 'createdAt')) {
    people.push(...page.map(({ body }) => body))
  }
  return personalWords(people)
}
