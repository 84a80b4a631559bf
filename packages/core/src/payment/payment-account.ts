/** A configured account at a processor. Data, not code: sites name the accounts that they offer. Lives in the system's scope. */
export interface PaymentAccount {
  /** `pac_…` or a short name, unique over all operators; it stands in the webhook's address. */
  id: string
  /** Operator id. */
  operator: string
  /** Name of the processor as the host configured it: `stripe`. */
  processor: string
  /** Name that shoppers see: `Card`. */
  title: string
  /** Test money or live money. */
  mode: 'test' | 'live'
  /** Seller id. */
  seller: string
  /** ISO 4217 codes that it takes. */
  currencies: readonly string[]
  /** References that the host's `secrets` function resolves, by the names that the processor asks for. */
  secretRefs: { readonly [name: string]: string }
  /** Is it offered? A disabled account still finishes what it began. */
  status: 'active' | 'disabled'
}
