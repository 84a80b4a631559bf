import type { Bundle, BundlePart } from './product.ts'

/** All that can be in a bundle: the parts that always are, then those of its groups. */
export function bundleParts({ parts, groups = [] }: Bundle): readonly BundlePart[] {
  return groups.length === 0 ? parts : [...parts, ...groups.flatMap((group) => group.parts)]
}

/**
 * The parts of a bundle with what was chosen from its groups, in the bundle's order; null where the choice is not one
 * that the groups allow.
 *
 * @param chosen part ids, in any order.
 */
export function chosenParts(bundle: Bundle, chosen: readonly string[]): readonly BundlePart[] | null {
  if (chosenWrong(bundle, chosen) !== null) return null
  if (chosen.length === 0) return bundle.parts
  const names = new Set(chosen)
  return [...bundle.parts, ...(bundle.groups ?? []).flatMap(({ parts }) => parts.filter(({ id }) => names.has(id)))]
}

/** What is wrong with a choice from the groups of a bundle, as a sentence that says what to choose, or null. */
export function chosenWrong({ groups = [] }: Bundle, chosen: readonly string[]): string | null {
  if (new Set(chosen).size !== chosen.length) return 'names a part twice'
  const known = new Set(groups.flatMap(({ parts }) => parts.map(({ id }) => id)))
  const stranger = chosen.find((id) => !known.has(id))
  if (stranger !== undefined) return `names ${stranger}, which is in no group to choose from`
  for (const { id, choose, parts } of groups) {
    const count = parts.filter((part) => chosen.includes(part.id)).length
    if (count !== choose) return `must name ${choose} of the group ${id} (${parts.map((part) => part.id).join(', ')})`
  }
  return null
}
