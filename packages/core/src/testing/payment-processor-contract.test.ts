import { describe, expect, test } from 'vitest'
import { chooseCases } from './contract-case.ts'
import { type PaymentProcessorBench, paymentProcessorAbilities } from './payment-processor-bench.ts'
import { paymentProcessorContract } from './payment-processor-contract.ts'
import { paymentProcessorFaults } from './payment-processor-faults.ts'
import { simulatedProcessor } from './simulated-processor/simulated-processor.ts'
import { simulatedProcessorBench } from './simulated-processor/simulated-processor-bench.ts'
import { testRuntime } from './test-runtime.ts'

const runtime = () => testRuntime({ sleeps: 'at_once' })

function soundBench(): PaymentProcessorBench {
  const clock = runtime()
  return simulatedProcessorBench(simulatedProcessor({ runtime: clock }), clock)
}

describe('the simulated processor', () => {
  const { run, leftOut } = chooseCases(paymentProcessorContract, paymentProcessorAbilities(soundBench()))
  test.each(run)('$name', ({ run: check }) => check(soundBench()))
  test('is asked all but what only an invoice can answer', () => {
    expect(leftOut).toEqual([{ name: 'an accepted invoice is settled by capture, once', missing: ['onAccount'] }])
  })
})

describe('a processor of which', () => {
  test.each(paymentProcessorFaults)('$name is caught', async ({ name, bench }) => {
    const caughtBy: string[] = []
    const asked = chooseCases(paymentProcessorContract, paymentProcessorAbilities(bench(runtime())))
    for (const { name: caseName, run: check } of asked.run) {
      await check(bench(runtime())).catch(() => caughtBy.push(caseName))
    }
    console.info(`${name}\n  caught by ${caughtBy.length}: ${caughtBy.slice(0, 3).join('; ')}`)
    expect(caughtBy).not.toEqual([])
  })
})

test('names of cases are unique', () => {
  const names = paymentProcessorContract.map(({ name }) => name)
  expect(new Set(names).size).toBe(names.length)
})
