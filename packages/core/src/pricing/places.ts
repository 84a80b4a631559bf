import type { PricedVariant } from './pricing-inputs.ts'
import type { WorkingLine } from './working-line.ts'

/** How many places of each variant the lines of a cart take, by variant id. */
export type Places = Map<string, number>

/** The variants that each unit of a line takes a place of: its own, and for a bundle those of its parts. */
export function variantsTaken({ variant, parts }: WorkingLine): readonly PricedVariant[] {
  return variant.bundle === null ? [variant] : [variant, ...parts.map((part) => part.variant)]
}

/** Takes the line's places if all of them are left; else takes none. */
export function takePlaces(line: WorkingLine, taken: Places): boolean {
  if (line.variant.bundle === null && line.variant.placesLeft === null) return true
  const wanted: Places = new Map()
  for (const { id, placesLeft } of variantsTaken(line)) {
    if (placesLeft === null) continue
    const count = (wanted.get(id) ?? taken.get(id) ?? 0) + line.quantity
    if (count > placesLeft) return false
    wanted.set(id, count)
  }
  for (const [id, count] of wanted) taken.set(id, count)
  return true
}
