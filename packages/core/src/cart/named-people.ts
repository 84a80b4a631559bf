import { customers, nameIn } from '../customer/index.ts'
import type { Call, Change, Runtime } from '../ports/index.ts'
import { byId, enqueue, LAST, readAll } from '../storage/index.ts'
import type { Cart, CartLine } from './cart.ts'
import type { CartPorts } from './cart-ports.ts'

/** Customer ids of those whom the lines of a cart or an order name, each once. */
export function peopleNamed({ lines }: { lines: readonly Pick<CartLine, 'recipient'>[] }): string[] {
  const ids = lines.flatMap(({ recipient }) =>
    recipient === undefined || recipient.type === 'buyer' ? [] : [recipient.customerId],
  )
  return [...new Set(ids)]
}

/** A cart names these people no more: a job lets go of the records that were made for it. */
export function dropPeople(runtime: Pick<Runtime, 'newId'>, cartId: string, ids: readonly string[]): Change[] {
  return ids.map((customerId) =>
    enqueue(runtime, 'recipient.drop', `${cartId}:${customerId}`, { customerId, cartId }, { priority: LAST }),
  )
}

/** What one cart has named is named by another one from now on. */
export async function movePeople(
  { storage, runtime }: Pick<CartPorts, 'storage' | 'runtime'>,
  { scope }: Pick<Call, 'scope'>,
  { from, into }: { from: Cart; into: Cart },
): Promise<Change[]> {
  const taken = new Set(peopleNamed(into))
  const [kept, left] = [
    peopleNamed(from).filter((id) => taken.has(id)),
    peopleNamed(from).filter((id) => !taken.has(id)),
  ]
  const found = await readAll(storage, scope, ...kept.map((id) => byId(customers, id)))
  const named = found.flatMap((one) => (one === null ? [] : nameIn(one, { id: into.id, insteadOf: from.id })))
  return [...named, ...dropPeople(runtime, from.id, left)]
}
