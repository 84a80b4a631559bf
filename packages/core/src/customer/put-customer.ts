import { auditedWrite, writeChanges, writeRefs, writtenBefore } from '../audit/index.ts'
import { type InputIssue, issueUnless, refuseInput } from '../errors/index.ts'
import type { Call, Runtime, Storage } from '../ports/index.ts'
import { byKey, changedFields, decide, insert, put, readAll, type VersionedRecord } from '../storage/index.ts'
import { customers } from './customer.collection.ts'
import type { Customer, LearnerLink } from './customer.ts'
import { newCustomer } from './find-customer.ts'
import type { TaxExemption } from './tax-exemption.ts'

/** What the use cases of customers need. */
export interface CustomerPorts {
  /** Where customers are kept. */
  storage: Storage
  /** Time and chance. */
  runtime: Runtime
}

/** A customer as staff and the host's server make it; what is absent stays. */
export interface CustomerInput {
  /** The customer's id at the host. */
  hostId: string
  /** E-mail address. */
  email?: string | null | undefined
  /** Name. */
  name?: string | null | undefined
  /** Accounts at learning platforms; replaces them all. */
  links?: readonly LearnerLink[] | undefined
  /** Names of customer groups; replaces them all. */
  groups?: readonly string[] | undefined
  /** That the customer pays no tax; null takes it back. */
  taxExemption?: TaxExemption | null | undefined
}

/** Makes or changes the customer with this host id. Repeated, it changes nothing. */
export async function putCustomer(
  ports: CustomerPorts,
  call: Call,
  input: CustomerInput,
): Promise<VersionedRecord<Customer>> {
  refuseInput(checkLinks(input.links ?? []))
  const write = auditedWrite(ports.runtime, call)
  const made = withInput(newCustomer(ports.runtime, call.now, { hostId: input.hostId }), input)
  return decide(ports, call.scope, async () => {
    const [stored, ...state] = await readAll(
      ports.storage,
      call.scope,
      byKey(customers, 'hostId', input.hostId),
      ...writeRefs(write),
    )
    if (stored !== null && writtenBefore(call, state).isStored) {
      return { answer: { record: stored.body, version: stored.version } }
    }
    const record = stored === null ? made : withInput(stored.body, input)
    const fields = changedFields(stored?.body ?? null, record)
    if (stored !== null && fields.length === 0) return { answer: { record, version: stored.version } }
    const change = stored === null ? insert(customers, record.id, record) : put(customers, stored, record)
    const what = { collection: customers.name, record: record.id, fields }
    return {
      changes: [change, ...writeChanges(call, write, what)],
      done: () => ({ record, version: (stored?.version ?? 0) + 1 }),
    }
  })
}

function withInput(customer: Customer, input: CustomerInput): Customer {
  const { email, name, links, groups, taxExemption } = input
  return {
    ...customer,
    email: email === undefined ? customer.email : (email?.trim().toLowerCase() ?? null),
    name: name === undefined ? customer.name : name,
    links: links ?? customer.links,
    groups: groups === undefined ? customer.groups : [...new Set(groups)].sort(),
    ...(taxExemption === undefined ? {} : { taxExemption }),
  }
}

/** One account per platform: of two, nobody could say which gets the course. */
function checkLinks(links: readonly LearnerLink[]): InputIssue[] {
  const platforms = links.map(({ platform }) => platform)
  return platforms.flatMap((platform, index) =>
    issueUnless(platforms.indexOf(platform) === index, `links.${index}.platform`, 'stands here twice'),
  )
}
