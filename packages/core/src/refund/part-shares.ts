import { splitByWeight } from '../money/index.ts'
import type { OrderLine, UnitRun } from '../order/index.ts'
import type { PartTax } from '../pricing/index.ts'
import type { ShareAmounts } from './share-amounts.ts'

/** Names one part of one unit of an order line. */
export interface UnitPart {
  /** Which unit, from 1. */
  unit: number
  /** Part id. */
  part: string
}

/** What one (unit, part) stands for in the money that was paid. */
export interface PartShare extends UnitPart, ShareAmounts {}

/** The shares of a line that were not refunded. They sum to what is left of the money paid for the line. */
export interface LineShares {
  /** Line id. */
  lineId: string
  /** 1 as sold; each refund under `reprice` that keeps something writes the next. */
  version: number
  /** By unit, then in the order of the line's parts. */
  kept: readonly PartShare[]
}

/** The shares of a line as it was sold: version 1, the frozen allocation of each unit and part. Pure. */
export function sharesAsSold(line: OrderLine): LineShares {
  const left = new Map(line.parts.map(({ id, taxes }) => [id, [...taxes]]))
  const kept = unitsOf(line.units).flatMap(({ unit, allocations }) =>
    allocations.map(({ part, net, tax, total }) => ({
      unit,
      part,
      net,
      tax,
      total,
      taxes: takeTaxes(left.get(part) ?? [], tax),
    })),
  )
  return { lineId: line.id, version: 1, kept }
}

/** Each unit of the runs by itself. */
export function unitsOf(runs: readonly UnitRun[]): { unit: number; allocations: UnitRun['allocations'] }[] {
  return runs.flatMap(({ first, count, allocations }) =>
    Array.from({ length: count }, (_, place) => ({ unit: first + place, allocations })),
  )
}

/** Takes a unit's tax out of the taxes of its part, which hold those of all units, so that no unit of tax is lost. */
function takeTaxes(left: PartTax[], tax: number): PartTax[] {
  const shares = splitByWeight(
    tax,
    left.map(({ amount }, place) => ({ id: String(place).padStart(4, '0'), weight: amount })),
  )
  return [...shares.values()].flatMap((amount, place) => {
    const rest = left[place]
    if (rest === undefined) return []
    left[place] = { ...rest, amount: rest.amount - amount }
    return [{ ...rest, amount }]
  })
}
