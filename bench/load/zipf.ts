/** One of a list, drawn by Zipf's law: the n-th is wanted 1/n as often as the first. */
export function zipf<T>(list: readonly T[]): T {
  return list[zipfRank(list.length, Math.random())] as T // the list is not empty
}

/** Which of so many is wanted, 0 the most often: the inverse of Zipf's distribution with exponent 1, approximately. */
export function zipfRank(count: number, draw: number): number {
  return Math.max(0, Math.min(count - 1, Math.floor(count ** draw) - 1))
}
