/** Up to three of the names that are nearest to what somebody wrote, nearest first; none where none is near. */
function nearestNames(written: string, names: readonly string[]): string[] {
  const wanted = simplify(written)
  const within = Math.max(2, Math.floor(wanted.length / 3))
  return names
    .map((name) => ({ name, distance: distanceTo(wanted, simplify(name)) }))
    .filter(({ distance }) => distance <= within)
    .sort((left, right) => left.distance - right.distance)
    .slice(0, 3)
    .map(({ name }) => name)
}

/** `did you mean "title"?`, or nothing. */
export function didYouMean(written: string, names: readonly string[]): string {
  const near = nearestNames(written, names)
  return near.length === 0 ? '' : `did you mean ${near.map((name) => JSON.stringify(name)).join(' or ')}?`
}

function simplify(name: string): string {
  return name
    .slice(0, 60)
    .toLowerCase()
    .replaceAll(/[\s_-]/g, '')
}

/** How many letters must be put in, taken out or changed (Levenshtein); a name that contains the other is near. */
function distanceTo(left: string, right: string): number {
  if (left.length > 2 && right.length > 2 && (left.includes(right) || right.includes(left))) return 1
  let previous = Array.from({ length: right.length + 1 }, (_, index) => index)
  for (const [row, letter] of [...left].entries()) {
    const current = [row + 1]
    for (let column = 0; column < right.length; column += 1) {
      const changed = (previous[column] ?? 0) + (right[column] === letter ? 0 : 1)
      current.push(Math.min(changed, (previous[column + 1] ?? 0) + 1, (current[column] ?? 0) + 1))
    }
    previous = current
  }
  return previous[right.length] ?? 0
}
