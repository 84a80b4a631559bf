import type { TaxCalculator } from '../ports/index.ts'
import { type Gathered, type Quote, readTaxAnswer, taxRequest } from '../pricing/index.ts'
import type { CartPorts } from './cart-ports.ts'

/**
 * Asks the host's calculator for the taxes of a cart that was quoted by the tables. A calculator that throws has broken
 * its promise: that is told to the operator, and counts as `unknown`.
 *
 * @returns what was gathered with the answer among the inputs; the very same where the tables hold.
 */
export async function askTaxes(
  { taxCalculator, logger }: Pick<CartPorts, 'taxCalculator' | 'logger'>,
  gathered: Gathered,
  quote: Quote,
): Promise<Gathered> {
  if (taxCalculator === undefined) return gathered
  const request = taxRequest(quote, gathered.inputs, gathered.site.country)
  if (request === null) return gathered
  const answer = await ask(taxCalculator, request, logger)
  const taxes = readTaxAnswer(taxCalculator.name, answer, { quote, request })
  if (taxes?.type === 'unknown') {
    const reason = answer.type === 'unknown' ? answer.reason : 'the answer is not one that a calculator may give'
    logger.warn('taxes could not be learnt', { calculator: taxCalculator.name, reason })
  }
  return taxes === null ? gathered : { ...gathered, inputs: { ...gathered.inputs, taxes } }
}

async function ask(
  calculator: TaxCalculator,
  request: Parameters<TaxCalculator['calculate']>[0],
  logger: CartPorts['logger'],
): ReturnType<TaxCalculator['calculate']> {
  try {
    return await calculator.calculate(request)
  } catch (error) {
    logger.error('a tax calculator threw', { calculator: calculator.name, reason: String(error) })
    return { type: 'unknown', reason: String(error) }
  }
}
