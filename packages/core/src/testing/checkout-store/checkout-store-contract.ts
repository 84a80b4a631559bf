import { cartCases } from './cases/cart-cases.ts'
import { doubtCases } from './cases/doubt-cases.ts'
import { pageCases } from './cases/page-cases.ts'
import { sessionCases } from './cases/session-cases.ts'
import { shopperCases } from './cases/shopper-cases.ts'
import { stateCases } from './cases/state-cases.ts'
import { tabCases } from './cases/tab-cases.ts'
import { type CheckoutStoreSubject, checkoutStoreBench } from './checkout-store-bench.ts'

/** One rule of a checkout store, ready to be tried. Needs no test runner: a promise that is rejected is a rule broken. */
export interface CheckoutStoreContractCase {
  /** The rule, as a sentence; unique. */
  readonly name: string
  /** Tries it, with a shop and a browser of its own. */
  run(): Promise<void>
}

/**
 * The rules of the checkout store, as cases to be run with a shop in process or over a network.
 *
 * @example
 * for (const { name, run } of checkoutStoreContract({ createStore: createCheckoutStore })) test(name, run)
 */
export function checkoutStoreContract(subject: CheckoutStoreSubject): readonly CheckoutStoreContractCase[] {
  return [...stateCases, ...doubtCases, ...pageCases, ...cartCases, ...tabCases, ...shopperCases, ...sessionCases].map(
    ({ name, hasChannels, run }) => ({
      name,
      async run() {
        const bench = await checkoutStoreBench(subject, { hasChannels })
        await run(bench)
        bench.expectSound()
      },
    }),
  )
}
