import type { DeliveryAnswer, LearningPlatform, PaymentProcessor, ProcessorAccount } from '@bursar/core'
import { localPlatform } from '@bursar/node/local-platform'
import { testProcessor } from '@bursar/node/test-processor'
import type { FoundBefore, PeerCall } from './peers.ts'

/** A shop's processor and its learning platform. */
export interface Peers {
  readonly processor: PaymentProcessor
  readonly platform: LearningPlatform
}

/** Those of this process, which keep all that they know in its memory. */
export function ownPeers(): Peers {
  return { processor: testProcessor({ file: ':memory:' }), platform: localPlatform({ file: ':memory:' }) }
}

/** Those that another process serves. What is pure, and what no soak does, is asked of empty ones in this process. */
export function peersAt(url: string): Peers {
  const empty = ownPeers()
  const atProcessor =
    <Request, Answer>(method: string) =>
    ({ id, mode }: ProcessorAccount, request: Request) =>
      ask<Answer>(url, { peer: 'processor', method, input: [{ id, mode }, request] })
  const atPlatform =
    <Input extends readonly unknown[], Answer>(method: string) =>
    (...input: Input) =>
      ask<Answer>(url, { peer: 'platform', method, input })
  return {
    processor: {
      ...empty.processor,
      open: atProcessor('open'),
      capture: atProcessor('capture'),
      void: atProcessor('void'),
      refund: atProcessor('refund'),
      lookup: atProcessor('lookup'),
      listSince: ({ id, mode }, cursor) =>
        ask(url, { peer: 'processor', method: 'listSince', input: [{ id, mode }, cursor] }),
    },
    platform: {
      ...empty.platform,
      withdraw: atPlatform('withdraw'),
      status: atPlatform('status'),
      ownership: atPlatform('ownership'),
      eligible: atPlatform('eligible'),
      refundFacts: atPlatform('refundFacts'),
      list: atPlatform('list'),
      async deliver({ remember, ...grant }) {
        const send = atPlatform<readonly [typeof grant, boolean], DeliveryAnswer | FoundBefore>('deliver')
        const first = await send(grant, false)
        if ('outcome' in first) return first
        await remember(first.found)
        const second = await send(grant, true)
        return 'outcome' in second ? second : { outcome: 'unknown', reason: 'not kept' }
      },
    },
  }
}

async function ask<Answer>(url: string, call: PeerCall): Promise<Answer> {
  const headers = { 'content-type': 'application/json' }
  const response = await fetch(url, { method: 'POST', headers, body: JSON.stringify(call) })
  if (!response.ok) throw new Error(`${call.peer} ${call.method}: ${response.status}`)
  return (await response.json()) as Answer // what peers.ts sends
}
