import { describe, expect, test } from 'vitest'
import { chooseCases } from './contract-case.ts'
import { learningPlatformAbilities } from './learning-platform-bench.ts'
import { learningPlatformContract } from './learning-platform-contract.ts'
import { learningPlatformFaults } from './learning-platform-faults.ts'
import { simulatedPlatform } from './simulated-platform/simulated-platform.ts'
import { simulatedPlatformBench, TRIAL_COURSES, TRIAL_NOW } from './simulated-platform/simulated-platform-bench.ts'
import { testRuntime } from './test-runtime.ts'

const runtime = () => testRuntime({ now: TRIAL_NOW, sleeps: 'at_once' })
const soundBench = () => simulatedPlatformBench(simulatedPlatform({ runtime: runtime(), courses: TRIAL_COURSES }))
const { run, leftOut } = chooseCases(learningPlatformContract, learningPlatformAbilities(soundBench()))

describe('the simulated platform', () => {
  test.each(run)('$name', ({ run: check }) => check(soundBench()))
  test('is asked all', () => expect(leftOut).toEqual([]))
})

describe('a platform of which', () => {
  test.each(learningPlatformFaults)('$name is caught', async ({ name, bench }) => {
    const caughtBy: string[] = []
    for (const { name: caseName, run: check } of run) {
      await check(bench(runtime())).catch(() => caughtBy.push(caseName))
    }
    console.info(`${name}\n  caught by ${caughtBy.length}: ${caughtBy.slice(0, 3).join('; ')}`)
    expect(caughtBy).not.toEqual([])
  })
})

test('names of cases are unique', () => {
  const names = learningPlatformContract.map(({ name }) => name)
  expect(new Set(names).size).toBe(names.length)
})
