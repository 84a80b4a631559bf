import { toDecimal } from '../money/index.ts'
import type { Missing } from '../promotion/index.ts'
import type { LineRefusal } from './pricing-inputs.ts'
import type { Adjustment, CodeRefusal, Quote, QuoteCode, QuoteLine } from './quote.ts'

/** The quote as a listing for people, one entry for each line of text: each step of each line, the codes, the totals. */
export function explainQuote(quote: Quote): string[] {
  const show = (amount: number) => toDecimal({ amount, currency: quote.currency })
  return [
    ...quote.lines.flatMap((line) => explainLine(line, show)),
    ...quote.codes.map((code) => explainCode(code, show)),
    ...(quote.hints ?? []).map((hint) => `Not applied: ${hint.name}: ${explainRefusal(hint, show)}`),
    ...(quote.discount === 0 ? [] : [`Discount: -${show(quote.discount)} ${quote.currency}`]),
    `Net: ${show(quote.net)} ${quote.currency}`,
    `Tax: ${show(quote.tax)} ${quote.currency} (${quote.place.country}, ${quote.place.basis})`,
    `Total: ${show(quote.total)} ${quote.currency}`,
    ...(quote.provisional ? ['Provisional: some discounts are decided at checkout.'] : []),
    ...((quote.unknowns ?? []).includes('ownership') ? ['Sold without knowing what the buyer owns.'] : []),
  ]
}

type Show = (amount: number) => string

function explainLine(line: QuoteLine, show: Show): string[] {
  const name = `${line.quantity} × ${line.title || line.variantId}${line.variantName ? ` (${line.variantName})` : ''}`
  if (line.refusal !== null) return [`${name}: ${LINE_REFUSALS[line.refusal]}`]
  return [`${name}: ${show(line.total)}`, ...line.adjustments.map((step) => `  ${explainStep(step, show)}`)]
}

function explainStep({ reason, amount, included }: Adjustment, show: Show): string {
  return `${reason}: ${show(included ?? amount)}`
}

function explainCode(code: QuoteCode, show: Show): string {
  return `${code.name ?? `Code ${code.code}`}: ${explainRefusal(code, show)}`
}

function explainRefusal(
  { refusal, missing, others = [] }: Omit<QuoteCode, 'id' | 'code' | 'name' | 'applied'>,
  show: Show,
): string {
  if (refusal === null) return 'applied'
  const names = others.length === 0 ? '' : ` (${others.join(', ')})`
  const needs = missing === undefined ? '' : `; it needs ${explainMissing(missing, show)}`
  return `${CODE_REFUSALS[refusal]}${names}${needs}`
}

function explainMissing({ quantity, amount, variants, products }: Missing, show: Show): string {
  if (quantity !== undefined) return `${quantity} more`
  if (amount !== undefined) return `${show(amount)} more`
  return (variants ?? products ?? []).join(', ')
}

const LINE_REFUSALS: { readonly [refusal in LineRefusal]: string } = {
  no_price: 'it has no price here in this currency',
  not_published: 'it is not sold here',
  archived: 'it is no longer sold',
  not_yet_on_sale: 'it is not on sale yet',
  no_longer_on_sale: 'it is no longer on sale',
  sold_out: 'not enough places are left',
  quantity_above_limit: 'that many cannot be bought at once',
  part_not_available: 'a part of it cannot be bought now',
  parts_not_chosen: 'its parts are not chosen yet',
  already_owned: 'you have it already',
  already_in_cart: 'it is in the cart already',
  being_bought: 'another order of yours, which is not paid yet, has it',
  prerequisite_missing: 'you need another one first',
}

const CODE_REFUSALS: { readonly [refusal in CodeRefusal]: string } = {
  not_valid: 'it is not valid',
  not_yet_valid: 'it is not valid yet',
  expired: 'it has expired',
  used_up: 'it is used up',
  used_by_you: 'you have used it already',
  not_for_these_items: 'it gives nothing for these items',
  below_minimum: 'the items do not reach its minimum',
  not_for_you: 'it is for other customers',
  not_here: 'it is for another country or currency',
  not_now: 'it is for another time',
  not_with_others: 'beside the other discounts it gives nothing',
}
