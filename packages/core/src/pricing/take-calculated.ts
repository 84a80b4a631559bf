import type { PricingInputs } from './pricing-inputs.ts'
import type { TaxedLine } from './tax-lines.ts'

/** What a calculator said of the taxes of a cart. */
type Calculated = Extract<PricingInputs['taxes'], { type: 'calculated' }>

/**
 * The step of tax where a calculator was asked: its answer holds, as it is.
 *
 * @throws RangeError where it was asked for other amounts.
 */
export function takeCalculated(said: Calculated, lines: readonly TaxedLine[]): void {
  const byPart = new Map(said.items.map((item) => [partKey(item.line, item.part), item]))
  for (const line of lines) {
    for (const part of line.parts) {
      const item = byPart.get(partKey(line.id, part.id))
      if (item?.amount !== part.weight) {
        throw new RangeError(`The taxes of line ${line.id} were calculated for another amount than ${part.weight}.`)
      }
      part.taxes = item.taxes.map((tax) => ({ taxRate: said.calculator, ...tax }))
    }
  }
}

/** Names a part of a line among those that the calculator was asked for. */
const partKey = (line: string, part: string): string => JSON.stringify([line, part])
