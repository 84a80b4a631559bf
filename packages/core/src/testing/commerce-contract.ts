import { createCommerceClient } from '../client/index.ts'
import { type CommerceClient, clientBuilder, type Invoke, type OperationName, routes } from '../contract/index.ts'
import { browseCases } from './commerce-cases/browse-cases.ts'
import { cartCases } from './commerce-cases/cart-cases.ts'
import { wrongAnswer } from './commerce-cases/check-answer.ts'
import { checkoutCases } from './commerce-cases/checkout-cases.ts'
import type { CommerceBench } from './commerce-cases/commerce-case.ts'
import { refusalCases } from './commerce-cases/refusal-cases.ts'
import type { CommerceSubject, LocalSubject } from './commerce-subject.ts'

/** One guarantee of the API, ready to be asked. Needs no test runner: a promise that is rejected is a guarantee broken. */
export interface CommerceContractCase {
  /** The guarantee, as a sentence; unique. */
  readonly name: string
  /** Asks it. Makes carts and orders of its own; can be repeated, and run beside others. */
  run(): Promise<void>
}

/**
 * The behaviour that our client and hooks rely on, as cases to be run against a server in any language, or against a
 * commerce in process: the same cases for both. Besides what a case is about, every answer is checked: it is JSON, and
 * fits the operation's schema.
 *
 * @example
 * for (const { name, run } of commerceContract({ baseUrl: 'http://localhost:8080', tokens, ...fixtures })) test(name, run)
 */
export function commerceContract(subject: CommerceSubject): readonly CommerceContractCase[] {
  const bench = benchOf(subject)
  return [...browseCases, ...cartCases, ...refusalCases, ...checkoutCases].map(({ name, run }) => ({
    name,
    run: () => run(bench),
  }))
}

const build = clientBuilder<CommerceClient>(routes)

function benchOf(subject: CommerceSubject): CommerceBench {
  const { shopper, customer } = isLocal(subject) ? subject : localOf(subject)
  return {
    fixtures: subject,
    shopper: (cartToken) => checked(shopper(cartToken)),
    customer: (which, cartToken) => checked(customer(which, cartToken)),
  }
}

const isLocal = (subject: CommerceSubject): subject is LocalSubject => 'shopper' in subject

function localOf({
  baseUrl,
  fetch,
  site,
  tokens,
}: Exclude<CommerceSubject, LocalSubject>): Pick<LocalSubject, 'shopper' | 'customer'> {
  const client = (cartToken: string | undefined, token?: string): CommerceClient =>
    createCommerceClient({ baseUrl, fetch, site, cartToken, token })
  return {
    shopper: (cartToken) => client(cartToken),
    customer: (which, cartToken) => client(cartToken, tokens[which]),
  }
}

/** The same client, every answer of which is looked at. */
function checked(client: CommerceClient): CommerceClient {
  // Each noun and method of the client is one of the table that `build` is made of.
  const nouns = client as unknown as Record<
    string,
    Record<string, (input: unknown, options: unknown) => Promise<unknown>>
  >
  const invoke: Invoke = async (name, input, options) => {
    const [noun = '', method = ''] = name.split('.')
    const answer = await nouns[noun]?.[method]?.(input, options)
    const wrong = wrongAnswer(name as OperationName, answer)
    if (wrong !== null) throw new Error(wrong)
    return answer
  }
  return build(invoke)
}
