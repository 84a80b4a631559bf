import { isCurrency, type Money } from '@bursar/core'

const REFERENCE = /^manual_([A-Z]{3})_(\d{1,16})_(.+)$/s

/** The reference of a manual payment, which holds all that must be known of it: `manual_EUR_11900_pay_…`. */
export function writeReference({ amount, paymentId }: { readonly amount: Money; readonly paymentId: string }): string {
  return `manual_${amount.currency}_${amount.amount}_${paymentId}`
}

/** The amount in a reference, or null when it is no reference of a manual payment. */
export function readReference(reference: string): Money | null {
  const [, currency, digits] = REFERENCE.exec(reference) ?? []
  const amount = Number(digits)
  if (currency === undefined || !isCurrency(currency) || !Number.isSafeInteger(amount) || amount <= 0) return null
  return { amount, currency }
}
