import type { CheckoutStoreBench } from '../checkout-store-bench.ts'

/** One rule of a checkout store, and how it is tried. */
export interface CheckoutStoreCase {
  /** The rule, as a sentence; unique. */
  readonly name: string
  /** Has the browser BroadcastChannel? @default true */
  readonly hasChannels?: boolean
  /** Tries it, on a bench of its own. */
  run(bench: CheckoutStoreBench): Promise<void>
}
