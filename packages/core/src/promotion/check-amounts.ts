import { type InputIssue, issueUnless } from '../errors/index.ts'
import { isCurrency, isRate, type Money } from '../money/index.ts'

/** Amounts have each currency once: of two, nobody could say which counts. */
export function checkAmounts(amounts: readonly Money[], path: string, minimum: number): readonly InputIssue[] {
  const seen = new Set<string>()
  const issues = amounts.flatMap(({ amount, currency }, index) => {
    const isRepeated = seen.has(currency)
    seen.add(currency)
    const isAmount = Number.isSafeInteger(amount) && amount >= minimum
    return [
      ...issueUnless(isCurrency(currency), `${path}.${index}.currency`, 'must be a currency of ISO 4217'),
      ...issueUnless(!isRepeated, `${path}.${index}.currency`, 'stands here twice'),
      ...issueUnless(isAmount, `${path}.${index}.amount`, `must be a whole number of minor units from ${minimum}`),
    ]
  })
  return [...issueUnless(amounts.length > 0, path, 'must have at least one amount'), ...issues]
}

/** A percent over 0 and at most 100: more than the price cannot be given away. */
export function checkPercent(percent: string, path: string): readonly InputIssue[] {
  const value = isRate(percent) ? Number(percent) : 0
  return issueUnless(value > 0 && value <= 100, path, 'must be over 0 and at most 100')
}
