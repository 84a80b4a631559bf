// In the place of fast-check while mutants run: each property runs at most BURSAR_RUNS times.
import * as original from '../node_modules/fast-check/lib/fast-check.js'

const MOST = Number(process.env.BURSAR_RUNS ?? 100)

export * from '../node_modules/fast-check/lib/fast-check.js'
export const assert: typeof original.assert = (property, parameters) =>
  original.assert(property, {
    ...parameters,
    numRuns: Math.min(parameters?.numRuns ?? MOST, MOST),
  } as typeof parameters)
export default { ...original.default, assert }
