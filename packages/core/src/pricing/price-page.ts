import { exactAmount } from '../money/index.ts'
import { linesSelected, type PromotionRules, ruleOf } from '../promotion/index.ts'
import { applyBest } from './apply-best.ts'
import { linesAsked, linesTaken } from './benefit-lines.ts'
import type { Contender } from './contender.ts'
import { assertLinesAddUp, type FinishedCart, finishCart } from './finish-cart.ts'
import type { PageInputs, PageLine, PagePromotion } from './page-inputs.ts'
import type { PricedLine } from './pricing-inputs.ts'
import type { TaxSettings } from './tax-settings.ts'
import type { RefusedLine, SoldLine } from './working-line.ts'

/** A cart as a page has it. */
export interface PageCart {
  /** Its lines, each of them one of those sent. */
  readonly lines: readonly Pick<PricedLine, 'id' | 'quantity'>[]
  /** Ids of its codes. */
  readonly codes: ReadonlySet<string | null>
}

/**
 * Prices a cart by what a page was sent: the prices of the units by quantity, then the very steps of a server for
 * promotions, taxes and totals.
 *
 * @param rules the kinds that the page has.
 * @returns what it costs, and the ids of the codes that took something off.
 * @throws RangeError for a quantity that is no whole number of at least 1, a kind that the page does not have, or a sum
 * beyond the safe integers.
 */
export function pricePage(
  inputs: PageInputs,
  cart: PageCart,
  rules: PromotionRules,
): { price: FinishedCart; used: ReadonlySet<string> } {
  const { all, sold } = pageLines(inputs.lines, cart.lines)
  assertLinesAddUp(sold)
  const eligible = inputs.promotions.flatMap((one) => contend(one, sold, { codes: cart.codes, inputs, rules }))
  const { taken } = applyBest(eligible, sold, inputs.context, inputs.choice)
  const isUncertain = taken.some(({ by }) => by.isUncertain)
  return {
    price: finishCart({ head: inputs.head, all, sold, isUncertain, settings: settingsOf(inputs) }),
    used: new Set(taken.flatMap(({ by }) => by.code?.id ?? [])),
  }
}

/** The lines in other quantities: in the order given, and those that can be sold by id. */
export function pageLines(
  sent: readonly PageLine[],
  lines: PageCart['lines'],
): { all: readonly (SoldLine | RefusedLine)[]; sold: readonly SoldLine[] } {
  const known = new Map(sent.map((line) => [line.id, line]))
  const all = lines.map(({ id, quantity }) => priceLine(quantity, known.get(id)))
  const sold = all.flatMap((line) => ('refusal' in line ? [] : line))
  return { all, sold: sold.sort((left, right) => (left.id < right.id ? -1 : 1)) }
}

function priceLine(quantity: number, line: PageLine | undefined): SoldLine | RefusedLine {
  const price = line?.prices.filter(({ from }) => from <= exactAmount(quantity)).at(-1)
  if (line === undefined || price === undefined) throw new RangeError(`A line has no price for ${quantity}.`)
  const { id, variantId, productId, productType, variant } = line
  if ('refusal' in price) {
    const { refusal } = price
    return { source: { id, variantId, quantity }, variant: { productId, ...variant }, refusal }
  }
  const { from, ...unit } = price
  const times = (amount: number) => exactAmount(amount * quantity)
  const base = times(unit.unitPrice)
  return {
    ...{ id, variantId, productId, productType, variant, quantity, base, left: base },
    ...unit,
    parts: unit.parts.map((part) => ({ ...part, base: times(part.base) })),
    adjustments: unit.adjustments.map((step) => ({ ...step, amount: times(step.amount) })),
  }
}

function contend(
  { conditions, codes, ...promotion }: PagePromotion,
  sold: readonly SoldLine[],
  { codes: typed, inputs, rules }: { codes: PageCart['codes']; inputs: PageInputs; rules: PromotionRules },
): Contender[] {
  const code = codes === null ? null : codes.find(({ id }) => typed.has(id))
  if (code === undefined) return []
  const { benefit } = promotion.promotion
  const rule = ruleOf(rules.benefits, benefit)
  const takes = rule.takesFrom?.(benefit) ?? null
  const selected = linesSelected(conditions, linesAsked(takes, sold), inputs.context, rules)
  const lines = selected.length === 0 ? selected : linesTaken(takes, selected, sold)
  const isUncertain = promotion.isUncertain || code?.isUncertain === true
  return lines.length === 0 ? [] : [{ ...promotion, code, rule, lines, isUncertain }]
}

function settingsOf({ taxes, taxRounding, head, context }: PageInputs): TaxSettings {
  const due = taxes.map((one) => ({
    ...one,
    taxes: one.taxes.map((tax) => ({ ...tax, numerator: BigInt(tax.numerator) })),
    denominator: BigInt(one.denominator),
  }))
  return {
    dueOn: (taxCategory) => due.find(({ categories }) => categories.includes(taxCategory)) ?? null,
    nameOf: ({ name, taxRate }) =>
      name ?? due.flatMap((one) => one.taxes).find((one) => one.taxRate === taxRate)?.name ?? '',
    priceBasis: head.priceBasis,
    rounding: context.rounding,
    taxRounding,
  }
}
