import type { Runtime } from '@bursar/core'
import { type DueDelivery, type SimulatedProcessor, signTestEvent, TEST_SIGNATURE_HEADER } from '@bursar/core/testing'

/** Where webhooks go. */
export interface WebhookOptions {
  /** Sends them. @default the platform's */
  readonly fetch?: typeof fetch | undefined
  /** Address of the shop's webhook endpoint for an account, or null where it has none. */
  urlOf(accountId: string): string | null
  /** The account's webhook secrets: two while one replaces the other. @see `account.secret('webhook')` */
  secretsOf(accountId: string): readonly string[] | Promise<readonly string[]>
}

/** How a round of sending went. */
export interface CourierReport {
  /** Answered with a 2xx. */
  readonly accepted: number
  /** Not answered, or otherwise; to be sent again later. */
  readonly failed: number
}

/** What a courier works with. */
export interface WebhookCourierOptions {
  readonly processor: Pick<SimulatedProcessor, 'dueDeliveries' | 'settleDelivery' | 'close'>
  readonly runtime: Pick<Runtime, 'now' | 'sleep'>
  readonly webhook: WebhookOptions | undefined
}

/** Carries the webhooks of a processor to the shop. */
export interface WebhookCourier {
  deliverDue(): Promise<CourierReport>
  startCourier(intervalMs?: number): void
  stopCourier(): Promise<void>
  close(): void
}

/** How long the shop may take to answer. */
const ANSWER_WITHIN_MS = 10_000

/** A courier; sends nothing where there is nowhere to send to. */
export function webhookCourier({ processor, runtime, webhook }: WebhookCourierOptions): WebhookCourier {
  let round: Promise<CourierReport> | null = null
  let stop: AbortController | null = null
  let loop: Promise<void> = Promise.resolve()

  async function sendAll(): Promise<CourierReport> {
    const report = { accepted: 0, failed: 0 }
    if (webhook === undefined) return report
    for (const delivery of processor.dueDeliveries()) {
      const outcome = (await send(webhook, delivery)) ? 'accepted' : 'failed'
      processor.settleDelivery(delivery.id, outcome)
      report[outcome] += 1
    }
    return report
  }

  async function send({ fetch: post = fetch, urlOf, secretsOf }: WebhookOptions, delivery: DueDelivery) {
    const { account, rawBody } = delivery
    const url = urlOf(account)
    if (url === null) return false
    try {
      const signature = await signTestEvent({ secrets: await secretsOf(account), rawBody, at: runtime.now() })
      const response = await post(url, {
        method: 'POST',
        headers: { 'content-type': 'application/json', [TEST_SIGNATURE_HEADER]: signature },
        body: rawBody,
        redirect: 'error',
        signal: AbortSignal.timeout(ANSWER_WITHIN_MS),
      })
      await response.body?.cancel()
      return response.ok
    } catch {
      // The shop is down or slow: the webhook stays due, as with a real processor.
      return false
    }
  }

  /** One round at a time: whoever asks during a round gets its report. */
  function deliverDue(): Promise<CourierReport> {
    round ??= sendAll().finally(() => {
      round = null
    })
    return round
  }

  async function run(intervalMs: number, signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      await deliverDue()
      await runtime.sleep(intervalMs, signal).catch(() => undefined)
    }
  }

  async function stopCourier(): Promise<void> {
    stop?.abort()
    stop = null
    await loop
  }

  return {
    deliverDue,
    startCourier(intervalMs = 250) {
      if (stop !== null) return
      stop = new AbortController()
      loop = run(intervalMs, stop.signal)
    },
    stopCourier,
    close() {
      // What a round in flight would still note is lost with the log; it is sent again when the log is opened.
      void stopCourier()
      processor.close()
    },
  }
}
