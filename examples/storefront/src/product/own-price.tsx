import type { QuoteLine } from '@bursar/core/client'
import { useMoney } from '@bursar/react'
import { REFUSALS } from '../cart/refusals.ts'

/** What the shopper pays, where that is not the list price: each step with its reason. */
export function OwnPrice({ line, currency }: { line: QuoteLine; currency: string }) {
  const { format } = useMoney()
  if (line.refusal === 'already_owned') return <p className="own-refusal">{REFUSALS.already_owned}</p>
  const steps = line.adjustments.filter(({ step }) => step !== 'tax')
  if (line.refusal !== null || steps.every(({ step }) => step === 'price')) return null
  return (
    <dl className="prices own-price">
      {steps.map(({ step, reason, amount }) => (
        <div key={`${step} ${reason}`}>
          <dt>{reason}</dt>
          <dd className={amount < 0 ? 'saved' : undefined}>{format(amount, currency)}</dd>
        </div>
      ))}
      <div>
        <dt className="total">Your price</dt>
        <dd className="total">{format(line.total, currency)}</dd>
      </div>
    </dl>
  )
}
