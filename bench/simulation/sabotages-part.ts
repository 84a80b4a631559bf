import { sabotages, simulate } from '@bursar/core/testing'

/** The seeds from 1 that one core tries on a shop that is broken on purpose: every so manyth. */
export interface SabotagePart {
  /** Its place in `sabotages`. */
  readonly sabotage: number
  readonly seeds: number
  readonly core: number
  readonly cores: number
}

/** Seeds in whose schedule something was found. */
export type SabotageReport = readonly number[]

/** As many as the test that demands that each is found. */
const BUYERS = 6

process.on('message', async ({ sabotage, seeds, core, cores }: SabotagePart) => {
  const found: number[] = []
  for (let seed = 1 + core; seed <= seeds; seed += cores) {
    const isFound = await simulate({ seed, buyers: BUYERS, sabotage: sabotages[sabotage] }).then(
      ({ findings }) => findings.length > 0,
      () => true,
    )
    if (isFound) found.push(seed)
  }
  process.send?.(found satisfies SabotageReport)
})
