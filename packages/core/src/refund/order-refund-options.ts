import { type Order, openOrder, orders } from '../order/index.ts'
import type { Call, Storage } from '../ports/index.ts'
import { pricingInputs } from '../pricing/index.ts'
import type { PromotionRules } from '../promotion/index.ts'
import { listOfAllSites, sites } from '../site/index.ts'
import { byId, readAll } from '../storage/index.ts'
import type { OrderRefundOptions, RefundOptionsInput, RefundPolicyView } from './refund-api.ts'
import { type RefundOptionsFacts, refundOptions } from './refund-options.ts'
import type { RefundPolicy, RefundPolicyAnswer } from './refund-policy.ts'

/** What it needs. */
interface RefundOptionsPorts {
  /** Where orders are kept. */
  storage: Storage
  /** The kinds of promotions. */
  rules: PromotionRules
  /** Asks platforms about all that an order has delivered. */
  askFacts(orderId: string): Promise<RefundOptionsFacts['factsOf']>
}

/**
 * Says what an order would give back, part by part, and what a policy says of it. Platforms are asked only where the policy has
 * a rule about what they know. Nothing is changed.
 * @throws BursarError `not_found`
 */
export async function orderRefundOptions(
  ports: RefundOptionsPorts,
  call: Call,
  input: RefundOptionsInput,
): Promise<OrderRefundOptions> {
  const { body: order } = await openOrder(ports, call, input.orderId)
  const policy = policyOf(input)
  const [[inputs, site], others, factsOf] = await Promise.all([
    readAll(ports.storage, call.scope, byId(pricingInputs, order.inputsHash), byId(sites, call.scope.site)),
    ordersOfOwners(ports, call, order),
    asksPlatforms(policy) ? ports.askFacts(order.id) : () => null,
  ])
  const { lines, ...rest } = refundOptions(order, {
    ...{ now: call.now, timeZone: site?.body.timeZone ?? 'UTC', policy, factsOf },
    ...{ inputs: inputs?.body ?? null, rules: ports.rules, others },
  })
  return {
    ...rest,
    lines: lines.map((line) => ({
      ...line,
      parts: line.parts.map((part) => ({ ...part, policy: policyView(part.policy) })),
    })),
  }
}

const policyOf = (input: RefundOptionsInput): RefundPolicy => ({
  windowDays: input.windowDays ?? null,
  beforeStart: input.beforeStart ?? false,
  maximumProgress: input.maximumProgress ?? null,
  withoutCertificate: input.withoutCertificate ?? false,
  withoutWaiver: input.withoutWaiver ?? false,
})

const asksPlatforms = ({ beforeStart, maximumProgress, withoutCertificate }: RefundPolicy): boolean =>
  beforeStart || maximumProgress !== null || withoutCertificate

/** Other orders of who bought it and of who got it, on all sites: an upgrade or a bundle of theirs may have credited a part. */
async function ordersOfOwners(
  { storage }: Pick<RefundOptionsPorts, 'storage'>,
  { scope }: Call,
  order: Order,
): Promise<readonly Order[]> {
  const recipients = order.lines.flatMap(({ recipient }) => (recipient.type === 'buyer' ? [] : [recipient.customerId]))
  const owners = [...new Set([order.customerId, ...recipients])]
  const found = await Promise.all(
    owners.map((id) => listOfAllSites(storage, scope, orders, { index: 'customer', equals: [id] })),
  )
  return found.flat().flatMap(({ id, body }) => (id === order.id ? [] : [body]))
}

const policyView = (answer: RefundPolicyAnswer): RefundPolicyView => ({
  answer: answer.answer,
  reason: answer.answer === 'allowed' ? null : answer.reason,
})
