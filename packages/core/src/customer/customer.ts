import type { Instant } from '../time/index.ts'
import type { TaxExemption } from './tax-exemption.ts'

/** A learner's account at one platform. */
export interface LearnerLink {
  /** Name of the fulfilment provider, as the host configured it. */
  platform: string
  /** The learner's id there. */
  learnerId: string
}

/**
 * A person: who buys, or who was named as recipient and has not signed in yet (`hostId` is null then).
 * The only record that holds personal data; all others hold its id. Belongs to the operator.
 */
export interface Customer {
  /** `cus_…`: opaque, says nothing of the person. */
  id: string
  /** The customer's id at the host, or null. */
  hostId: string | null
  /** E-mail address, lower case, or null. */
  email: string | null
  /** Name, or null. */
  name: string | null
  /** Accounts at learning platforms, one per platform. */
  links: readonly LearnerLink[]
  /** Names of the customer groups. */
  groups: readonly string[]
  /** That the customer pays no tax, or some taxes not. @default null */
  taxExemption?: TaxExemption | null | undefined
  /** When the record was made. */
  createdAt: Instant
  /** When the personal data were erased, or null. */
  erasedAt: Instant | null
}

/** A customer as it is stored. */
export interface CustomerRecord extends Customer {
  /**
   * Ids of the carts that alone need this record: it was made for somebody whom a line names, and goes when the last of them
   * names them no more. Absent: it stays. Whatever comes to rely on the record takes this away, in its own commit.
   */
  namedIn?: readonly string[] | undefined
  /** It is the only record that waits for whoever claims its address. Absent of those that were stored before this was kept. */
  waitsAlone?: true | undefined
}
