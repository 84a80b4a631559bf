import { describe, expect, test } from 'vitest'
import type { MoveMoney, ProcessorAccount, ProcessorAnswer, ProcessorPayment } from '../ports/index.ts'
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
  test('is asked all but what only an invoice can answer, or what closes nothing', () => {
    expect(leftOut.map(({ missing }) => missing)).toEqual([['notVoidable'], ['notVoidable'], ['onAccount']])
  })
})

describe('a processor that closes nothing that waits for its payer', () => {
  const letsGo: [string, boolean][] = [
    ['and lets go of what is authorised', true],
    ['nor lets go of what is authorised', false],
  ]
  test.each(letsGo)('%s, keeps the contract', async (_name, isLetGo) => {
    const { run } = chooseCases(paymentProcessorContract, paymentProcessorAbilities(closingNothing(isLetGo)))
    expect(run.filter(({ needs }) => needs.includes('notVoidable'))).toHaveLength(2)
    for (const { run: check } of run) await check(closingNothing(isLetGo))
  })
})

function closingNothing(isLetGo: boolean): PaymentProcessorBench {
  const bench = soundBench()
  const { capabilities, lookup, void: close } = bench.processor
  const closeAuthorised: typeof close = async (account, request) => {
    const found = await lookup(account, request)
    const isAuthorised = found.outcome === 'found' && found.payment.state === 'authorized'
    return isLetGo && isAuthorised ? close(account, request) : { outcome: 'failed', reason: 'it cannot be closed' }
  }
  const own = { capabilities: { ...capabilities, voidable: false }, void: closeAuthorised }
  return { ...bench, processor: { ...bench.processor, ...own } }
}

describe('a vendor that takes calls in, and does not tell what it moved', () => {
  test.each(['at once', 'a question later'])('keeps the contract where it has done them %s', async (when) => {
    const { run } = chooseCases(paymentProcessorContract, paymentProcessorAbilities(takingIn(when)))
    for (const { run: check } of run) await check(takingIn(when))
  })
})

/** Captures, refunds and voids are answered with how the payment was. */
function takingIn(when: string): PaymentProcessorBench {
  const { totals: _untold, ...bench } = soundBench()
  const { processor } = bench
  let before: ProcessorPayment | null = null
  const later =
    (call: 'capture' | 'refund' | 'void') =>
    async (account: ProcessorAccount, request: MoveMoney): Promise<ProcessorAnswer> => {
      const found = await processor.lookup(account, request)
      const answer = await processor[call](account, request)
      if (found.outcome !== 'found' || answer.outcome !== 'succeeded') return answer
      if (found.payment.state === answer.payment.state && call !== 'refund') return answer
      if (when !== 'at once') before = found.payment
      return { outcome: 'pending', payment: found.payment }
    }
  const lookup: typeof processor.lookup = async (...call) => {
    const found = await processor.lookup(...call)
    const payment = before
    before = null
    return payment === null || found.outcome !== 'found' ? found : { outcome: 'found', payment }
  }
  const taken = { capture: later('capture'), refund: later('refund'), lookup }
  const close: typeof processor.void = (account, request) =>
    later('void')(account, { ...request, amount: { amount: 0, currency: bench.currency } })
  return { ...bench, processor: { ...processor, ...taken, void: close } }
}

describe('a processor of which', () => {
  test.each(paymentProcessorFaults)('$name is caught', async ({ name, bench }) => {
    const caughtBy: string[] = []
    const { run } = chooseCases(paymentProcessorContract, paymentProcessorAbilities(bench(runtime())))
    for (const { name: caseName, run: check } of run) {
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
