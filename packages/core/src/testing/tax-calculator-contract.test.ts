import { describe, expect, test } from 'vitest'
import { chooseCases } from './contract-case.ts'
import { taxCalculatorAbilities } from './tax-calculator-bench.ts'
import { taxCalculatorContract } from './tax-calculator-contract.ts'
import { simulatedTaxCalculatorBench, taxCalculatorFaults } from './tax-calculator-faults.ts'

describe('the simulated calculator keeps the contract', () => {
  const { run, leftOut } = chooseCases(taxCalculatorContract, taxCalculatorAbilities(simulatedTaxCalculatorBench()))
  test('of which no case is left out', () => expect(leftOut).toEqual([]))
  test.each(run)('$name', ({ run: check }) => check(simulatedTaxCalculatorBench()))
})

describe('each fault is caught', () => {
  test.each(taxCalculatorFaults)('$name', async ({ bench }) => {
    const outcomes = await Promise.allSettled(taxCalculatorContract.map((one) => one.run(bench())))
    const failed = taxCalculatorContract.filter((_, place) => outcomes[place]?.status === 'rejected')
    expect(failed.map(({ name }) => name)).not.toEqual([])
  })
})
