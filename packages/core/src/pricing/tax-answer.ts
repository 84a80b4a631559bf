import { isRate } from '../money/index.ts'
import type { CalculatedTax, TaxAnswer, TaxRequest, TaxRequestItem } from '../ports/index.ts'
import type { PricingInputs } from './pricing-inputs.ts'
import type { Quote } from './quote.ts'
import type { TaxInput } from './tax-input.ts'

/** What a calculator is asked for a cart that was quoted by the tables; null where there is nothing to tax. */
export function taxRequest(quote: Quote, inputs: PricingInputs, home: string): TaxRequest | null {
  const items = quote.lines.flatMap(({ parts, quantity }) =>
    parts.map(
      ({ variantId, base, discount }): Omit<TaxRequestItem, 'id'> => ({
        category: inputs.variants[variantId]?.taxCategory ?? '',
        quantity,
        amount: base - discount,
      }),
    ),
  )
  if (items.every(({ amount }) => amount === 0)) return null
  return {
    currency: inputs.currency,
    priceBasis: inputs.site.priceBasis,
    at: inputs.now,
    site: inputs.site.id,
    home,
    place: inputs.place,
    exemption: inputs.taxExemption ?? null,
    items: items.map((item, place) => ({ id: String(place), ...item })),
  }
}

/**
 * A calculator's answer as an input of the quote; null where the tables hold. An answer that no calculator may give
 * counts as `unknown`, for a wrong tax is worse than one that somebody looks at.
 */
export function readTaxAnswer(
  calculator: string,
  answer: TaxAnswer,
  { quote, request }: { quote: Quote; request: TaxRequest },
): TaxInput | null {
  if (answer.type === 'by_table') return null
  if (answer.type === 'unknown' || !isSound(answer, request)) return { type: 'unknown', calculator }
  const taxes = new Map(answer.items.map((item) => [item.id, item.taxes]))
  const parts = quote.lines.flatMap((line) => line.parts.map((part) => ({ line: line.id, part: part.id })))
  return {
    type: 'calculated',
    ...{ calculator, reference: answer.reference },
    items: parts.map((part, place) => ({
      ...part,
      amount: request.items[place]?.amount ?? 0,
      // Members that a calculator adds of its own would be kept for ever.
      taxes: (taxes.get(String(place)) ?? []).map(({ name, rate, jurisdiction, amount }) => ({
        ...{ name, rate, jurisdiction, amount },
      })),
    })),
  }
}

function isSound(answer: Extract<TaxAnswer, { type: 'calculated' }>, { items, priceBasis }: TaxRequest): boolean {
  const asked = new Map(items.map(({ id, amount }) => [id, amount]))
  const answered = new Set(answer.items.map(({ id }) => id))
  if (answer.items.length !== items.length || answered.size !== items.length) return false
  return answer.items.every(({ id, taxes }) => {
    const amount = asked.get(id)
    const sum = taxes.reduce((all, tax) => all + tax.amount, 0)
    const isWithin = priceBasis === 'exclusive' ? amount !== 0 || sum === 0 : sum <= (amount ?? 0)
    return amount !== undefined && isWithin && taxes.every(isTax)
  })
}

function isTax({ name, rate, jurisdiction, amount }: CalculatedTax): boolean {
  const isNamed = name.length >= 1 && name.length <= 100
  const isWhole = Number.isSafeInteger(amount) && amount >= 0
  return isNamed && isWhole && isRate(rate) && /^[A-Z]{2}(-[A-Z0-9]{1,3})?$/.test(jurisdiction)
}
