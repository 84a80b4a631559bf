import { BursarError, issueUnless, refuseInput } from '../errors/index.ts'
import { type Order, type OrderLine, openOrder, orders } from '../order/index.ts'
import type { Call, Storage } from '../ports/index.ts'
import { pricingInputs } from '../pricing/index.ts'
import type { PromotionRules } from '../promotion/index.ts'
import { listOfAllSites, sites } from '../site/index.ts'
import { byId, readAll } from '../storage/index.ts'
import type { OrderRefundOptions, RefundOptionsInput, RefundPolicyView } from './refund-api.ts'
import { type RefundOptionsFacts, refundOptions } from './refund-options.ts'
import type { RefundPolicy, RefundPolicyAnswer } from './refund-policy.ts'

/**
 * One answer reckons so much: the parts of all units, and for each part that is priced again the lines of the order. So many parts
 * are three megabytes and half a second.
 */
const MAXIMUM = 20_000

/** What it needs. */
interface RefundOptionsPorts {
  /** Where orders are kept. */
  storage: Storage
  /** The kinds of promotions. */
  rules: PromotionRules
  /** Asks platforms about all that an order, or one line of it, has delivered. */
  askFacts(of: Pick<RefundOptionsInput, 'orderId' | 'lineId'>): Promise<RefundOptionsFacts['factsOf']>
}

/**
 * Says what an order would give back, part by part, and what a policy says of it. Platforms are asked only where the policy has
 * a rule about what they know. Nothing is changed.
 * @throws BursarError `not_found`; `invalid_input` where it is too much for one answer
 */
export async function orderRefundOptions(
  ports: RefundOptionsPorts,
  call: Call,
  input: RefundOptionsInput,
): Promise<OrderRefundOptions> {
  const { body: order } = await openOrder(ports, call, input.orderId)
  refuseTooMuch(order, input)
  const policy = policyOf(input)
  const [[inputs, site], others, factsOf] = await Promise.all([
    readAll(ports.storage, call.scope, byId(pricingInputs, order.inputsHash), byId(sites, call.scope.site)),
    ordersOfOwners(ports, call, order),
    asksPlatforms(policy) ? ports.askFacts(input) : () => null,
  ])
  const { lines, ...rest } = refundOptions(order, {
    ...{ now: call.now, timeZone: site?.body.timeZone ?? 'UTC', policy, factsOf, lineId: input.lineId },
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

function refuseTooMuch({ lines }: Order, { lineId }: RefundOptionsInput): void {
  const asked = lineId === undefined ? lines : lines.filter(({ id }) => id === lineId)
  if (asked.length === 0) throw new BursarError('not_found')
  const priced = ({ refundRule }: OrderLine) => (refundRule === 'reprice' ? lines.length : 0)
  const work = asked.reduce((sum, line) => sum + line.parts.length * (line.quantity + priced(line)), 0)
  const instead = lineId === undefined ? 'ask for each line by itself' : 'reckon it with refundOptions of the package'
  refuseInput(issueUnless(work <= MAXIMUM, 'lineId', `These are too many parts for one answer: ${instead}.`))
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
