import type { Scope } from '../ports/index.ts'
import type { OwnedThings } from '../promotion/index.ts'
import { BoundedMap } from '../storage/index.ts'
import type { OwnershipQuestion, ReadOwnership } from './read-ownership.ts'

/** Answers what the caller of one call owns. */
export type ReadOwned = (question: OwnershipQuestion) => Promise<OwnedThings>

/** Customers remembered for each operator, of whom the oldest go first. */
const MOST = 10_000

/**
 * Begins to read what somebody owns before their record is read, so that both are one round trip. Who has an id at the host
 * is remembered from the last time, and is a guess only: the answer counts where the record that is read meanwhile names
 * the same customer. Of who was erased or came back as another the rights are read anew.
 */
export class RightsAhead {
  readonly #customers = new BoundedMap<string, string>(MOST)
  readonly #read: ReadOwnership

  constructor(read: ReadOwnership) {
    this.#read = read
  }

  /** Begins, if it mattered before what the customer with this id at the host owns. */
  begin(scope: Scope, hostId: string): ReadOwned {
    const guess = this.#customers.get(hostId)
    const begun = guess === undefined ? null : this.#read(scope, guess)
    return (question) => {
      if (begun !== null && guess === question.customerId) return begun(question)
      this.#customers.set(hostId, question.customerId)
      return this.#read(scope, question.customerId)(question)
    }
  }
}
