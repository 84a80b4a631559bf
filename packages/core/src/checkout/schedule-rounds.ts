import { paymentAccounts } from '../payment/index.ts'
import { SYSTEM_SCOPE } from '../site/index.ts'
import { decide, listAll, nextRound } from '../storage/index.ts'
import type { CheckoutPorts } from './checkout-ports.ts'
import { nextPull } from './pull-events.ts'

/**
 * Sees to what is done over and over for the operators that take money: the events of their accounts are pulled, keys that
 * nobody may use any more and carts that nobody uses forgotten. Each round stores the next; jobs that wait already are joined. Repeatable.
 */
export async function scheduleRounds(ports: CheckoutPorts): Promise<void> {
  const accounts = await listAll(ports.storage, SYSTEM_SCOPE, paymentAccounts, { index: 'operator' })
  for (const [operator, own] of Map.groupBy(accounts, ({ body }) => body.operator)) {
    const pulled = own.filter(({ body }) => Object.hasOwn(ports.payments, body.processor))
    const forgotten = (['keys.forget', 'carts.forget'] as const).map((queue) =>
      nextRound(ports.runtime, queue, operator),
    )
    const changes = [...pulled.map(({ id }) => nextPull(ports, id)), ...forgotten]
    await decide(ports, { operator }, async () => ({ changes, done: () => undefined }))
  }
  if (accounts.length === 0) return
  // Of what belongs to no operator, such as the making of an account, keys are left too.
  const ofNone = [nextRound(ports.runtime, 'keys.forget', SYSTEM_SCOPE.operator)]
  await decide(ports, SYSTEM_SCOPE, async () => ({ changes: ofNone, done: () => undefined }))
}
