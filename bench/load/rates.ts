/** What one turn of load came to. */
export interface Rate {
  readonly on: string
  /** Floors of SQLite also commit each request alone; one of a purchase delivers nothing. */
  readonly way: 'Bursar' | 'floor' | 'floor, each alone' | 'floor, calls alone'
  readonly scenario: string
  readonly count: number
  readonly errors: number
  readonly elapsed: number
  /** Milliseconds of each answer. */
  readonly took: readonly number[]
  /** Microseconds of processor of the server. */
  readonly cpu: number
  readonly roundTrips: number
  readonly statements: number
  /** Collections of old objects. */
  readonly collections: number
  /** Resident bytes at the end. */
  readonly rss: number
}

/** A line for each way: the turns of all rounds together. */
export function ratesTable(rates: readonly Rate[]): Record<string, unknown>[] {
  return [...Map.groupBy(rates, nameOf)].map(([what, turns]) => {
    const count = sum(turns, (turn) => turn.count)
    const took = turns.flatMap((turn) => turn.took).sort((left, right) => left - right)
    const share = (part: number) => (took[Math.floor(part * took.length)] ?? Number.NaN).toFixed(1)
    return {
      what,
      'per second': Math.round(perSecond(turns)),
      errors: sum(turns, (turn) => turn.errors),
      'p50 ms': share(0.5),
      'p95 ms': share(0.95),
      'p99 ms': share(0.99),
      'processor µs': Math.round(sum(turns, (turn) => turn.cpu) / count),
      trips: (sum(turns, (turn) => turn.roundTrips) / count).toFixed(1),
      statements: (sum(turns, (turn) => turn.statements) / count).toFixed(1),
      'requests for a collection': requestsOfACollection(turns),
      'most MiB': Math.round(Math.max(...turns.map((turn) => turn.rss)) / 2 ** 20),
    }
  })
}

/** Bursar beside the floor: the share of its throughput, and how many times its p99. */
export function ratios(rates: readonly Rate[]): Record<string, unknown>[] {
  const floors = rates.filter(({ way }) => way !== 'Bursar')
  return [...Map.groupBy(floors, nameOf).values()].map((turns) => {
    const [first] = turns as [Rate, ...Rate[]] // a group is not empty
    const own = rates.filter(
      (rate) => rate.way === 'Bursar' && rate.on === first.on && rate.scenario === first.scenario,
    )
    return {
      what: `${first.on}: ${first.scenario}, beside the ${first.way}`,
      'share of the floor’s throughput': `${Math.round((100 * perSecond(own)) / perSecond(turns))} %`,
      'times the floor’s processor': (costOf(own) / costOf(turns)).toFixed(1),
      'times the floor’s p99': (p99(own) / p99(turns)).toFixed(1),
    }
  })
}

const nameOf = ({ on, way, scenario }: Rate): string =>
  way === 'Bursar' ? `${on}: ${scenario}` : `${on}: ${scenario}, ${way}`
const sum = (turns: readonly Rate[], of: (turn: Rate) => number): number =>
  turns.reduce((all, turn) => all + of(turn), 0)
const perSecond = (turns: readonly Rate[]): number =>
  sum(turns, (turn) => turn.count) / sum(turns, (turn) => turn.elapsed)
const requestsOfACollection = (turns: readonly Rate[]): string => {
  const [count, collections] = [sum(turns, (turn) => turn.count), sum(turns, (turn) => turn.collections)]
  return collections === 0 ? `over ${count}` : String(Math.round(count / collections))
}
const costOf = (turns: readonly Rate[]): number => sum(turns, (turn) => turn.cpu) / sum(turns, (turn) => turn.count)

function p99(turns: readonly Rate[]): number {
  const took = turns.flatMap((turn) => turn.took).sort((left, right) => left - right)
  return took[Math.floor(0.99 * took.length)] ?? Number.NaN
}
