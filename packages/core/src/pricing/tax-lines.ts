import { splitByWeight } from '../money/index.ts'
import { reckonTaxes, type SaleTaxes } from '../tax/index.ts'
import type { PartTax } from './quote.ts'
import type { TaxSettings } from './tax-settings.ts'

/** A line while it is taxed. */
export interface TaxedLine {
  /** Line id. */
  readonly id: string
  /** How many. */
  readonly quantity: number
  /** What it is made of. */
  readonly parts: readonly TaxedPart[]
}

/** A part of a line while it is taxed. */
export interface TaxedPart {
  /** Name of the part, unique in its line. */
  readonly id: string
  /** Tax category. */
  readonly taxCategory: string
  /** What the tax is reckoned on: base less discount, minor units. */
  readonly weight: number
  /** The taxes on it; written here. */
  taxes: readonly PartTax[]
}

/**
 * The step of tax: writes the taxes of each part. A tax is rounded once for each rate of the line, or for each unit of a
 * part, or for each rate of the whole order, as the site says. What was rounded for several parts is split over them by
 * largest remainder on what they cost, ties to the smaller id, so that no part has less than nothing and none more
 * contained tax than it costs.
 *
 * @param lines those that are sold, in the order of their ids.
 * @throws RangeError on a malformed rate or overflow.
 */
export function taxLines(lines: readonly TaxedLine[], settings: TaxSettings): void {
  switch (settings.taxRounding) {
    case 'unit':
      for (const line of lines) for (const part of line.parts) taxUnits(part, line.quantity, settings)
      return
    case 'line':
      for (const line of lines) taxTogether(line.parts, settings)
      return
    case 'order':
      taxTogether(
        lines.flatMap(({ parts }) => (parts.length < 2 ? parts : [...parts].sort((a, b) => (a.id < b.id ? -1 : 1)))),
        settings,
        inOrder,
      )
      return
    default:
      throw new RangeError(`${String(settings.taxRounding satisfies never)} is not a rounding mode.`)
  }
}

/** Parts of several lines may have one name, so here their place decides between equal remainders. */
const inOrder = (_part: TaxedPart, place: number): string => String(place).padStart(8, '0')

/** The units of a part differ by one minor unit at most. */
function taxUnits(part: TaxedPart, quantity: number, settings: TaxSettings): void {
  const due = settings.dueOn(part.taxCategory)
  if (due === null) return
  const more = part.weight % quantity
  const unit = (part.weight - more) / quantity
  const [less, rest] = [reckonTaxes(unit, due, settings), reckonTaxes(unit + (more === 0 ? 0 : 1), due, settings)]
  part.taxes = partTaxes(
    due,
    less.map((tax, place) => tax * (quantity - more) + (rest[place] ?? 0) * more),
  )
}

function taxTogether(
  parts: readonly TaxedPart[],
  settings: TaxSettings,
  nameOf: (part: TaxedPart, place: number) => string = ({ id }) => id,
): void {
  for (const [due, group] of groupByTaxes(parts, settings)) {
    const amounts = reckonTaxes(
      group.reduce((sum, { weight }) => sum + weight, 0),
      due,
      settings,
    )
    if (group.length === 1) for (const part of group) part.taxes = partTaxes(due, amounts)
    else spread(amounts, due, group, nameOf)
  }
}

function groupByTaxes(parts: readonly TaxedPart[], settings: TaxSettings): ReadonlyMap<SaleTaxes, TaxedPart[]> {
  const groups = new Map<SaleTaxes, TaxedPart[]>()
  for (const part of parts) {
    const due = settings.dueOn(part.taxCategory)
    if (due === null) continue
    const group = groups.get(due)
    if (group === undefined) groups.set(due, [part])
    else group.push(part)
  }
  return groups
}

/**
 * Splits the taxes of several parts: all together over the parts, then each part's sum over the taxes, in proportion to
 * what is left of each, so that both the parts and the taxes sum to what was reckoned.
 */
function spread(
  amounts: readonly number[],
  due: SaleTaxes,
  parts: readonly TaxedPart[],
  nameOf: (part: TaxedPart, place: number) => string,
): void {
  const named = parts.map((part, place) => ({ id: nameOf(part, place), weight: part.weight, part }))
  const total = amounts.reduce((sum, amount) => sum + amount, 0)
  const shares = splitByWeight(total, named)
  if (amounts.length === 1) {
    for (const { id, part } of named) part.taxes = partTaxes(due, [shares.get(id) ?? 0])
    return
  }
  let left = amounts
  for (const { id, part } of named.sort((a, b) => (a.id < b.id ? -1 : 1))) {
    const taken = splitByWeight(
      shares.get(id) ?? 0,
      left.map((weight, place) => ({ id: String(place), weight })),
    )
    const own = [...taken.values()]
    left = left.map((amount, place) => amount - (own[place] ?? 0))
    part.taxes = partTaxes(due, own)
  }
}

function partTaxes({ taxes, isOfSeveral }: SaleTaxes, amounts: readonly number[]): readonly PartTax[] {
  return taxes.map(({ taxRate, name, rate, jurisdiction }, place) => ({
    ...{ taxRate, rate, jurisdiction },
    ...(isOfSeveral ? { name } : {}),
    amount: amounts[place] ?? 0,
  }))
}
