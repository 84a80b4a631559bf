import { simulate } from '@bursar/core/testing'

/** The seeds that one core takes: of all seeds every so manyth. */
export interface Part {
  readonly kind: 'small' | 'large'
  readonly first: number
  readonly seeds: number
  readonly core: number
  readonly cores: number
}

/** What came of them. */
export interface PartReport {
  readonly seeds: number
  readonly turns: number
  readonly orders: number
  readonly crashes: number
  /** Each with its seed. */
  readonly findings: readonly string[]
  /** Milliseconds of processor. */
  readonly cpu: number
}

let used = { user: 0, system: 0 }

process.on('message', async ({ kind, first, seeds, core, cores }: Part) => {
  const report = { seeds: 0, turns: 0, orders: 0, crashes: 0, findings: [] as string[] }
  for (let seed = first + core; seed < first + seeds; seed += cores) {
    const shop = kind === 'small' ? { buyers: 3, processes: 2 } : { buyers: 5 + ((seed * 15) % 46), processes: 4 }
    // A schedule that throws is a finding too.
    const { turns, orders, crashes, findings } = await simulate({ seed, ...shop }).catch((error: unknown) => ({
      ...{ turns: 0, orders: 0, crashes: 0 },
      findings: [String(error)],
    }))
    report.seeds += 1
    report.turns += turns
    report.orders += orders
    report.crashes += crashes
    report.findings.push(...findings.map((finding) => `${kind}, seed ${seed}: ${finding}`))
  }
  const { user, system } = process.cpuUsage(used)
  used = process.cpuUsage()
  process.send?.({ ...report, cpu: (user + system) / 1000 } satisfies PartReport)
})
