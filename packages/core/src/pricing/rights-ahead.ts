import type { Scope } from '../ports/index.ts'
import type { OwnedThings } from '../promotion/index.ts'
import { BoundedMap } from '../storage/index.ts'
import type { OwnershipQuestion, ReadOwnership } from './read-ownership.ts'

/** Begins to read what a customer owns, unless that was begun already; what it answers is asked then. */
export type OwnedBy = (customerId: string) => (question: OwnershipQuestion) => Promise<OwnedThings>

/** Reads what somebody owns whose record is made by this very call: no rights of ours, but what platforms know of them. */
export function ownedByNewcomer(
  { ownership }: { readonly ownership: ReadOwnership | null },
  scope: Scope,
): OwnedBy | undefined {
  return ownership === null ? undefined : () => ownership(scope, null)
}

/** Customers remembered for each operator, of whom those go first that come no more. */
const MOST = 6000

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
  begin(scope: Scope, hostId: string): OwnedBy {
    const guess = this.#customers.get(hostId)
    const begun = new Map(guess === undefined ? [] : [[guess, this.#read(scope, guess)]])
    return (customerId) => {
      const known = begun.get(customerId)
      if (known !== undefined) return known
      const reading = this.#read(scope, customerId)
      return (question) => {
        this.#customers.set(hostId, customerId)
        return reading(question)
      }
    }
  }
}
