/**
 * What a record holds under a key that comes from outside, or undefined. Every plain object also answers to `constructor`,
 * `toString` and the like, which nobody has put there.
 */
export function ownValue<T>(record: { readonly [key: string]: T }, key: string): T | undefined {
  return Object.hasOwn(record, key) ? record[key] : undefined
}
