import type { Money } from '../../money/index.ts'
import { expectOutcome, expectSame, expectThat } from '../expectations.ts'
import { openApproved, openRequest, type PaymentProcessorBench, trialMoney } from '../payment-processor-bench.ts'
import type { PaymentProcessorCase } from './payment-processor-case.ts'

/** Well-known test numbers, which no processor's fields would hand over. */
const CARD_NUMBERS = ['4242424242424242', '4242 4242 4242 4242', '378282246310005', 'tok_5555-5555-5555-4444']

/** What is refused before anything happens. */
export const refusalCases: readonly PaymentProcessorCase[] = [
  {
    name: 'an amount that cannot be is a definite failure',
    needs: [],
    async run(bench) {
      const impossible = [0, -1, 10.5, Number.MAX_SAFE_INTEGER + 1, Number.NaN]
      for (const [index, amount] of impossible.entries()) {
        await expectRefused(bench, trialMoney(bench, amount), index)
      }
      await expectRefused(bench, { amount: 1999, currency: 'ZZZ' }, impossible.length)
    },
  },
  {
    name: 'less than the least charge is a definite failure',
    needs: ['approve'],
    async run(bench) {
      const minimum = bench.processor.capabilities.minimum?.[bench.currency] ?? 1
      await expectRefused(bench, trialMoney(bench, minimum - 1), 0)
      const payment = await openApproved(bench, { key: 'key-least', amount: trialMoney(bench, minimum) })
      expectSame(payment.captured, minimum, 'the least charge')
    },
  },
  {
    name: 'amounts are exact in currencies of no, two and three decimals',
    needs: ['approve'],
    async run(bench) {
      const { currencies } = bench.processor.capabilities
      const taken = ['JPY', 'USD', 'KWD'].filter((code) => currencies === 'any' || currencies.includes(code))
      for (const currency of taken) {
        const amount = { amount: 12345, currency }
        const payment = await openApproved(bench, { key: `key-${currency}`, amount })
        expectSame([payment.amount, payment.captured], [amount, 12345], currency)
      }
    },
  },
  {
    name: 'what looks like a card number is refused as a token, and not repeated',
    needs: [],
    async run(bench) {
      for (const [index, number] of CARD_NUMBERS.entries()) {
        const key = `key-card-${index}`
        const request = openRequest(bench, { key, paymentToken: number })
        const { reason } = expectOutcome(await bench.processor.open(bench.account, request), 'failed', 'open')
        expectThat(reason.toLowerCase().includes('card'), `the reason says why: ${reason}`)
        expectThat(!/\d{4}/.test(reason), 'the reason holds no digits of it')
        const lookup = await bench.processor.lookup(bench.account, { reference: null, key })
        expectThat(lookup.outcome !== 'found', 'nothing was opened')
      }
    },
  },
]

async function expectRefused(bench: PaymentProcessorBench, amount: Money, index: number): Promise<void> {
  const request = openRequest(bench, { key: `key-refused-${index}`, amount, paymentToken: bench.tokens.approve })
  expectOutcome(await bench.processor.open(bench.account, request), 'failed', `${amount.amount} ${amount.currency}`)
}
