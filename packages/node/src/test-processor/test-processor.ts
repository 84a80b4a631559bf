import { systemRuntime } from '@bursar/core'
import {
  PROCESSOR_EFFECTS,
  type ProcessorEffect,
  type SimulatedProcessor,
  type SimulatedProcessorOptions,
  simulatedProcessor,
} from '@bursar/core/testing'
import { readSimulationLog, sqliteSimulationLog } from '../simulation-log/sqlite-simulation-log.ts'
import { type CourierReport, type WebhookOptions, webhookCourier } from './webhook-courier.ts'

/** How a test processor is set up. */
export interface TestProcessorOptions extends Omit<SimulatedProcessorOptions, 'log' | 'rules'> {
  /** Path of its own SQLite file, made if it is not there: never the shop's. `:memory:` keeps nothing. */
  readonly file: string
  /** Where its webhooks go. @default nowhere: they wait in the log */
  readonly webhook?: WebhookOptions | undefined
}

/** A payment processor that takes no money and forgets nothing. */
export interface TestProcessor extends SimulatedProcessor {
  /**
   * Sends the webhooks that are due to the shop, one after the other, and answers when all were tried. One that fails
   * is due again later. Without `webhook` it sends nothing.
   */
  deliverDue(): Promise<CourierReport>
  /** Calls `deliverDue` again and again, so many milliseconds apart, until stopped. @default 250 */
  startCourier(intervalMs?: number): void
  /** Ends the courier; settled when what it was sending was answered. */
  stopCourier(): Promise<void>
}

/**
 * The payment processor of demonstrations and tests. It keeps a durable log of its own, so that it survives a killed
 * shop as a real processor does, and is the truth to compare the shop with. It serves test accounts only: a call for a
 * live one is a definite failure.
 *
 * Secrets of an account: `webhook` signs its webhooks; `key` is asked for where `keyOf` is given.
 *
 * @example
 * const payments = testProcessor({ file: 'data/test-processor.db' })
 * await payments.open(account, { ...request, paymentToken: 'tok_approve' })
 */
export function testProcessor(options: TestProcessorOptions): TestProcessor {
  const { file, webhook, runtime = systemRuntime(), ...own } = options
  const processor = simulatedProcessor({ ...own, runtime, log: sqliteSimulationLog(file) })
  const courier = webhookCourier({ processor, runtime, webhook })
  return { ...processor, ...courier }
}

/**
 * All that happened to money in the log of a test processor whose process may be dead, in order.
 *
 * @throws Error when there is no such file.
 */
export function testProcessorLog(file: string): ProcessorEffect[] {
  return readSimulationLog(file, (log) => log.list(PROCESSOR_EFFECTS).map(({ document }) => document))
}
