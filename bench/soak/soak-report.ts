import type { State } from '../load/server.ts'

/** What was there at a moment. */
export interface Sample extends State {
  /** Minutes since the begin. */
  readonly minute: number
  /** Answers since the sample before, and the time in milliseconds that 99 of 100 took at most. */
  readonly requests: number
  readonly p99: number
  /** Bytes on disk. */
  readonly data: number
  readonly log: number
}

/** A part of its size that memory may gain in an hour and still be called flat. */
const FLAT = 0.1

/** What a soak shows, in sentences. */
export function soakReport(
  samples: readonly Sample[],
  { warmUp, sent, failed }: { warmUp: number; sent: number; failed: number },
): string[] {
  const judged = samples.filter(({ minute }) => minute >= warmUp)
  const p99s = judged.map(({ p99 }) => p99).sort((left, right) => left - right)
  return [
    `${sent} requests, ${failed} failed; p99 of a few seconds: ${middle(p99s).toFixed(0)} ms, at most ${(p99s.at(-1) ?? 0).toFixed(0)} ms`,
    memorySentence('heap after gc', judged, ({ heap }) => heap),
    memorySentence('resident', judged, ({ rss }) => rss),
    `jobs due at the end ${judged.at(-1)?.due}, handles ${judged[0]?.handles} at first and ${judged.at(-1)?.handles} at the end`,
  ]
}

/** The line that fits best, by least squares, and how far off its slope may be (twice its standard error). */
function memorySentence(name: string, samples: readonly Sample[], of: (sample: Sample) => number): string {
  const points = samples.map((sample) => ({ x: sample.minute / 60, y: of(sample) / 2 ** 20 }))
  const count = points.length
  if (count < 3) return `${name}: too few samples after the warm-up to judge`
  const [x, y] = [mean(points.map((point) => point.x)), mean(points.map((point) => point.y))]
  const spread = sum(points.map((point) => (point.x - x) ** 2))
  const slope = sum(points.map((point) => (point.x - x) * (point.y - y))) / spread
  const rest = sum(points.map((point) => (point.y - y - slope * (point.x - x)) ** 2))
  const error = 2 * Math.sqrt(rest / (count - 2) / spread)
  const isFlat = slope - error <= FLAT * y
  const grows = `${slope.toFixed(1)} ± ${error.toFixed(1)} MiB an hour at ${y.toFixed(1)} MiB`
  return `${name}: ${isFlat ? 'flat' : 'grows'} (${grows})`
}

const sum = (values: readonly number[]): number => values.reduce((all, value) => all + value, 0)
const mean = (values: readonly number[]): number => sum(values) / values.length
const middle = (sorted: readonly number[]): number => sorted[Math.floor(sorted.length / 2)] ?? Number.NaN
