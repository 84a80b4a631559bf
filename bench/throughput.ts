/** How fast something was done. */
export interface Throughput {
  /** What. */
  name: string
  /** Done per second. */
  perSecond: number
  /** Milliseconds that half of them took at most. */
  p50: number
  /** Milliseconds that all but one in a hundred took at most. */
  p99: number
  /** Microseconds of processor that the process of the shop spent on one; other programs' load changes it little. */
  cpu: number
}

/** Does a task again and again for a time, so many at once. */
export async function throughput(
  name: string,
  options: { atOnce: number; seconds: number },
  task: (n: number) => Promise<unknown>,
): Promise<Throughput> {
  let n = 0
  const run = async (until: number, took: number[]): Promise<void> => {
    while (performance.now() < until) {
      const began = performance.now()
      await task(n++)
      took.push(performance.now() - began)
    }
  }
  const measure = async (seconds: number): Promise<{ took: number[]; elapsed: number; cpu: number }> => {
    const took: number[] = []
    const began = performance.now()
    const spent = process.cpuUsage()
    await Promise.all(Array.from({ length: options.atOnce }, () => run(began + seconds * 1000, took)))
    const { user, system } = process.cpuUsage(spent)
    return { took, elapsed: performance.now() - began, cpu: (user + system) / took.length }
  }
  await measure(options.seconds / 4)
  const { took, elapsed, cpu } = await measure(options.seconds)
  took.sort((left, right) => left - right)
  const at = (share: number) => took[Math.min(took.length - 1, Math.floor(share * took.length))] ?? Number.NaN
  return { name, perSecond: (took.length / elapsed) * 1000, p50: at(0.5), p99: at(0.99), cpu }
}
