import {
  BursarError,
  type BuyInput,
  type BuyResult,
  type Commerce,
  type InputIssue,
  type RawParameter,
  rawRoutes,
} from '@bursar/core'
import { answerOf } from './answer.ts'
import { cartCookie } from './cart-cookie.ts'
import type { Endpoint } from './endpoint.ts'
import { withinLimits } from './within-limits.ts'

const { method, path, parameters } = rawRoutes.buy

/**
 * A link that puts a variant in the shopper's cart and sends them on. Links stand on other sites and in mails, so here
 * the cart's cookie counts wherever the link was followed; `SameSite=Lax` keeps it to navigations.
 */
export function buyEndpoint(commerce: Commerce): Endpoint {
  return {
    method,
    path,
    answer: async (context) => {
      // A mail scanner's HEAD must not fill carts.
      if (context.request.method === 'HEAD') throw new BursarError('method_not_allowed', { data: { methods: 'GET' } })
      const input = buyInput(new URL(context.request.url).searchParams)
      const principal = await context.principal('from_any_page')
      const codes = input.code === undefined ? 0 : 1
      const acts = { codes, isGuess, afterwards: { act: 'carts', isOne: isCart } } as const
      const { location, token } = await withinLimits(context, principal, acts, () => commerce.buy(principal, input))
      return answerOf(302, {
        location,
        ...(token === undefined ? {} : { 'set-cookie': cartCookie(context.request, token) }),
      })
    },
  }
}

/** Whether a token opens a cart is known afterwards; a customer has one open cart at most. */
const isCart = (answer: BuyResult): boolean => answer.token !== undefined

/** What was wrong with the code is told at the return address. */
function isGuess(answer: BuyResult): boolean {
  return new URL(answer.location).searchParams.get('bursar_error') === 'code_not_valid'
}

/** Reads the link's parameters; others are left to the statistics that added them. */
function buyInput(query: URLSearchParams): BuyInput {
  const issues = parameters.flatMap((parameter) => issueOf(parameter, query.get(parameter.name) ?? ''))
  if (issues.length > 0) throw new BursarError('invalid_input', { issues })
  const quantity = query.get('quantity') ?? ''
  return {
    variant: query.get('variant') ?? '',
    code: query.get('code') || undefined,
    returnUrl: query.get('return') ?? '',
    quantity: quantity === '' ? undefined : Number(quantity),
  }
}

function issueOf({ name, required, maximum, whole }: RawParameter, value: string): InputIssue[] {
  if (value === '') return required ? [{ path: name, message: `${name} is missing.` }] : []
  if (value.length > maximum) return [{ path: name, message: `${name} is longer than ${maximum} characters.` }]
  if (whole === true && !/^[1-9]\d*$/.test(value)) {
    return [{ path: name, message: `${name} must be a whole number from 1.` }]
  }
  return []
}
