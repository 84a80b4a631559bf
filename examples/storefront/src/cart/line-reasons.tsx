import type { QuoteLine } from '@bursar/core/client'
import { useMoney } from '@bursar/react'
import { struckOf } from '../price/struck-of.ts'
import { StruckPrice } from '../price/struck-price.tsx'

/** Why a line costs what it costs, where that is more than its list price. */
export function LineReasons({ line, currency }: { line: QuoteLine; currency: string }) {
  const { format } = useMoney()
  const reasons = line.adjustments.filter(({ step, amount }) => step !== 'price' && step !== 'tax' && amount !== 0)
  const cause = line.adjustments[0]?.cause
  const tier = cause?.type === 'price_list' ? cause.minimumQuantity : 1
  const reduced = { ...line, amount: line.unitPrice }
  const struck = struckOf(reduced)
  if (line.quantity === 1 && reasons.length === 0 && struck === null) return null
  return (
    <ul className="reasons">
      {line.quantity > 1 && (
        <li>
          {line.quantity} × {format(line.unitPrice, currency)}
          {tier > 1 && `, the price from ${tier} on`}
        </li>
      )}
      {struck !== null && (
        <li>
          <StruckPrice price={reduced} currency={currency} /> {struck.reason}
        </li>
      )}
      {reasons.map(({ reason, amount, step }) => (
        <li key={`${step} ${reason}`}>
          {reason}: {format(amount, currency)}
        </li>
      ))}
    </ul>
  )
}
