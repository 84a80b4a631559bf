/** One turn of an action on a shop. */
export interface Turn {
  readonly on: string
  readonly name: string
  /** Of each kind of record. */
  readonly count: number
  readonly promotions: number
  /** Milliseconds of each answer, refusals included. */
  readonly took: readonly number[]
  readonly failed: number
  /** Microseconds of processor: of Bursar's process, of all of PostgreSQL's. */
  readonly server: number
  readonly postgres: number
  /** Round trips to PostgreSQL, and statements in them. */
  readonly trips: number
  readonly statements: number
  /** Resident bytes of Bursar's process at the end. */
  readonly rss: number
}

/** A line for each action and shop, all rounds together; beside it how many times the first shop's it costs. */
export function growthTable(turns: readonly Turn[]): Record<string, unknown>[] {
  return [...Map.groupBy(turns, ({ name }) => name).values()].flatMap((own) => {
    const shops = [...Map.groupBy(own, ({ count, promotions }) => `${count} ${promotions}`).values()]
    const first = costOf(shops[0] ?? [])
    return shops.flatMap((of) => {
      const [turn] = of
      if (turn === undefined) return []
      const took = of.flatMap((one) => one.took).sort((left, right) => left - right)
      return {
        action: `${turn.on}: ${turn.name}`,
        'of each': turn.count,
        promotions: turn.promotions,
        requests: took.length,
        failed: of.reduce((all, one) => all + one.failed, 0),
        'server µs': Math.round(medianOf(of.map((one) => one.server / one.took.length))),
        'PostgreSQL µs': Math.round(medianOf(of.map((one) => one.postgres / one.took.length))),
        'times the first': (costOf(of) / first).toFixed(2),
        trips: perRequest(of, 'trips'),
        statements: perRequest(of, 'statements'),
        'p50 ms': (took[Math.floor(took.length / 2)] ?? Number.NaN).toFixed(1),
        MiB: Math.round(Math.max(...of.map((one) => one.rss)) / 2 ** 20),
      }
    })
  })
}

/** Processor for one, server and database together: the median of the turns, for others' work falls on some. */
const costOf = (turns: readonly Turn[]): number =>
  medianOf(turns.map(({ server, postgres, took }) => (server + postgres) / took.length))

const perRequest = (turns: readonly Turn[], what: 'trips' | 'statements'): string => {
  const sum = turns.reduce((all, turn) => all + turn[what], 0)
  return (sum / turns.reduce((all, { took }) => all + took.length, 0)).toFixed(1)
}

function medianOf(values: readonly number[]): number {
  const sorted = [...values].sort((left, right) => left - right)
  const middle = Math.floor(sorted.length / 2)
  const [low = Number.NaN, high = Number.NaN] = [sorted[Math.ceil(sorted.length / 2) - 1], sorted[middle]]
  return (low + high) / 2
}
