import type { PaymentMethodView } from '@bursar/core/client'

/** What the choice takes. */
export interface PaymentMethodsProps {
  methods: readonly PaymentMethodView[]
  /** Payment account id. */
  chosen: string
  choose(account: string): void
}

/** The ways to pay that the site offers in this currency. */
export function PaymentMethods({ methods, chosen, choose }: PaymentMethodsProps) {
  return (
    <fieldset className="methods">
      <legend>How would you like to pay?</legend>
      {methods.map(({ account, title }) => (
        <label key={account} className="method">
          <input type="radio" name="method" checked={account === chosen} onChange={() => choose(account)} />
          <span>{title}</span>
        </label>
      ))}
    </fieldset>
  )
}
