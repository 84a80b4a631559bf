import { type CartStoreSubject, cartStoreBench } from './cart-store-bench.ts'
import { networkCases } from './cases/network-cases.ts'
import { queueCases } from './cases/queue-cases.ts'
import { tabCases } from './cases/tab-cases.ts'

/** One rule of a cart store, ready to be tried. Needs no test runner: a promise that is rejected is a rule broken. */
export interface CartStoreContractCase {
  /** The rule, as a sentence; unique. */
  readonly name: string
  /** Tries it, with a shop and a browser of its own. */
  run(): Promise<void>
}

/**
 * The rules of the cart store, as cases to be run with a shop in process or over a network.
 *
 * @example
 * for (const { name, run } of cartStoreContract({ createStore: createCartStore, shop })) test(name, run)
 */
export function cartStoreContract(subject: CartStoreSubject): readonly CartStoreContractCase[] {
  return [...queueCases, ...networkCases, ...tabCases].map(({ name, hasChannels, run }) => ({
    name,
    run: async () => run(await cartStoreBench(subject, { hasChannels })),
  }))
}
