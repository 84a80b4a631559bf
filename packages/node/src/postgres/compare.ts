/** Orders texts by their code units, as keys are. */
export function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
