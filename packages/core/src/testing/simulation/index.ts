export { type Sabotage, type SabotageTools, sabotages } from './sabotages.ts'
export type { SeededRandom } from './seeded-random.ts'
export { type SimulationOptions, type SimulationReport, simulate } from './simulate.ts'
