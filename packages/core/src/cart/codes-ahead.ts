import { type Call, customerHostId, type Ref } from '../ports/index.ts'
import type { PricedCode } from '../pricing/index.ts'
import { codes } from '../promotion/index.ts'
import { BoundedMap, byId } from '../storage/index.ts'
import type { Cart } from './cart.ts'

/** Customers, codes and carts remembered by a process, of which those go first that come no more. */
const MOST = 6000
/** Stands in what is remembered for the customer's id, which no id is. */
const THEIRS = '\0'

/**
 * Nothing, in as many words as most codes have. It is read for a word that the process does not know, so that who has no
 * tries left sees no difference; pricing never asks for it, so that it spares no read.
 */
const NOTHING: readonly Ref[] = [
  ...Array.from({ length: 6 }, (_, place) => ({ counter: `nothing:${place}` })),
  { in: 'customers', id: 'nothing' },
]

/**
 * What a process remembers of codes and customers, so that a code is applied in two round trips and a cart that has one is
 * read in one. All of it is a guess: what is read ahead by it counts only where it is what is asked then.
 */
export class CodesAhead {
  readonly #customers = new BoundedMap<string, string>(MOST)
  readonly #asked = new BoundedMap<string, readonly Ref[]>(MOST)
  readonly #ofCode = new BoundedMap<string, readonly Ref[]>(MOST)
  readonly #inCart = new BoundedMap<string, readonly string[]>(MOST)
  readonly #tries = new Map<string, number>()

  /** Remembers the record's id of somebody who was read. */
  meet(call: Call, customer: { id: string } | null): void {
    const hostId = customerHostId(call.principal)
    if (hostId !== null && customer !== null) this.#customers.set(keyOf(call, hostId), customer.id)
  }

  /** The record's id of who calls, as it was last time; null for nobody and for somebody not met yet. */
  customerOf(call: Call): string | null {
    const hostId = customerHostId(call.principal)
    return hostId === null ? null : (this.#customers.get(keyOf(call, hostId)) ?? null)
  }

  /** What pricing will probably ask for a code, by the word that was typed; as much of nothing for one that is not known. */
  refsOf(call: Call, word: string, customerId: string | null): readonly Ref[] {
    const asked = this.#asked.get(wordKey(call, word, customerId)) ?? NOTHING
    return customerId === null ? asked : asked.map((ref) => renamed(ref, THEIRS, customerId))
  }

  /**
   * Remembers what pricing asked for a code that was accepted. Of one for a single use or person nothing is: who guesses
   * it must not see by the time that somebody else has used it.
   */
  accepted(
    call: Call,
    word: string,
    what: { customerId: string | null; code: Pick<PricedCode, 'uses' | 'isTheirs'>; asked: readonly Ref[] },
  ): void {
    const { customerId, code, asked } = what
    if (code.uses === 1 || code.isTheirs !== undefined) return
    this.#asked.set(wordKey(call, word, customerId), anybodys(asked, customerId))
  }

  /** What pricing will probably ask for a cart: the codes that it had, and what was asked for each. */
  refsOfCart(call: Call, cartId: string): readonly Ref[] {
    const ids = this.#inCart.get(keyOf(call, cartId))
    if (ids === undefined) return []
    const customerId = this.customerOf(call)
    const counted = ids.flatMap((id) => this.#ofCode.get(wordKey(call, id, customerId)) ?? [])
    const theirs = customerId === null ? counted : counted.map((ref) => renamed(ref, THEIRS, customerId))
    const names = new Set<string>()
    return [...ids.map((id) => byId(codes, id)), ...theirs].filter((ref) => {
      const name = JSON.stringify(ref)
      return !names.has(name) && names.add(name)
    })
  }

  /** Remembers a cart's codes and, where it has one, what pricing asked for it: who has it in a cart has known it before. */
  priced(call: Call, { id, codes: ids = [] }: Pick<Cart, 'id' | 'codes'>, asked: readonly Ref[]): void {
    const key = keyOf(call, id)
    const known = this.#inCart.get(key)
    const [first] = ids
    if (first === undefined) {
      if (known !== undefined) this.#inCart.delete(key)
      return
    }
    if (known?.join() !== ids.join()) this.#inCart.set(key, ids)
    const customerId = this.customerOf(call)
    if (ids.length > 1) return // not of this code alone
    this.#ofCode.set(wordKey(call, first, customerId), anybodys(asked, customerId))
  }

  /** Codes of one counter of tries that this process looks at before their try is taken. */
  underWay(call: Call, counter: string): number {
    return this.#tries.get(keyOf(call, counter)) ?? 0
  }

  /** One more, until what it answers is called. */
  enter(call: Call, counter: string): () => void {
    const key = keyOf(call, counter)
    this.#tries.set(key, (this.#tries.get(key) ?? 0) + 1)
    return () => {
      const left = (this.#tries.get(key) ?? 1) - 1
      if (left === 0) this.#tries.delete(key)
      else this.#tries.set(key, left)
    }
  }
}

const keyOf = ({ scope }: Call, name: string): string => `${scope.operator}\n${name}`

const wordKey = (call: Call, word: string, customerId: string | null): string =>
  keyOf(call, `${call.scope.site}\n${customerId === null ? 'nobody' : 'somebody'}\n${word}`)

/** What was counted for one customer, for whomever comes next; what counts tries is no matter of a price. */
function anybodys(asked: readonly Ref[], customerId: string | null): readonly Ref[] {
  const refs = asked.filter((ref) => ('counter' in ref ? !ref.counter.startsWith('tries:') : ref.in !== codes.name))
  return customerId === null ? refs : refs.map((ref) => renamed(ref, customerId, THEIRS))
}

/** A ref whose counter's name has one text in the place of another. */
const renamed = (ref: Ref, from: string, to: string): Ref =>
  'counter' in ref ? { counter: ref.counter.replaceAll(from, to) } : ref
