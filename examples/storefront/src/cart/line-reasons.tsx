import type { QuoteLine } from '@bursar/core/client'
import { useMoney } from '@bursar/react'

/** Why a line costs what it costs, where that is more than its list price. */
export function LineReasons({ line, currency }: { line: QuoteLine; currency: string }) {
  const { format } = useMoney()
  const reasons = line.adjustments.filter(({ step, amount }) => step !== 'price' && step !== 'tax' && amount !== 0)
  if (line.quantity === 1 && reasons.length === 0) return null
  return (
    <ul className="reasons">
      {line.quantity > 1 && (
        <li>
          {line.quantity} × {format(line.unitPrice, currency)}
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
