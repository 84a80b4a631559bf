/** Which invariant a counter is about: places (`I10`) or uses of promotions and codes and the money of budgets (`I9`). */
export function invariantOf(counter: string): 'I9' | 'I10' {
  return /^(capacity|run):/.test(counter) ? 'I10' : 'I9'
}
