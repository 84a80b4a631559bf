import { canonicalJson } from '../ids/index.ts'

/** Names of the members in which two documents differ, sorted. A member that is absent and one that is undefined are the same. */
export function changedFields(before: object | null, after: object | null): readonly string[] {
  const left: { readonly [name: string]: unknown } = { ...before }
  const right: { readonly [name: string]: unknown } = { ...after }
  const names = new Set([...Object.keys(left), ...Object.keys(right)])
  return [...names].filter((name) => !isSame(left[name], right[name])).sort()
}

/** Do two values say the same as JSON? */
export function isSame(left: unknown, right: unknown): boolean {
  if (left === right) return true
  if (typeof left !== 'object' || typeof right !== 'object' || left === null || right === null) return false
  return canonicalJson(left) === canonicalJson(right)
}
