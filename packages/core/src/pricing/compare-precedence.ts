/** Orders price lists and promotions: the larger priority first, ties by the smaller id. */
export function comparePrecedence(
  left: { readonly priority: number; readonly id: string },
  right: { readonly priority: number; readonly id: string },
): number {
  if (left.priority !== right.priority) return right.priority - left.priority
  return left.id < right.id ? -1 : 1
}
