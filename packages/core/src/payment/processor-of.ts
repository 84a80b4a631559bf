import { BursarError } from '../errors/index.ts'
import { ownValue } from '../json/index.ts'
import type { Logger, PaymentProcessor, ProcessorAccount, Storage, Stored } from '../ports/index.ts'
import { SYSTEM_SCOPE } from '../site/index.ts'
import { byId, readAll } from '../storage/index.ts'
import { paymentAccounts } from './payment.collection.ts'
import type { PaymentAccount } from './payment-account.ts'

/** Whose secret is asked for: with several operators in one process, any of them may name any reference. */
export interface SecretOwner {
  /** Operator id. */
  operator: string
  /** PaymentAccount id. */
  account: string
}

/** Resolves a secret reference of a payment account. */
export type Secrets = (ref: string, owner: SecretOwner) => string | Promise<string>

/** What calling a processor needs. */
export interface ProcessorPorts {
  /** Where accounts are kept. */
  storage: Storage
  /** Processors by name. */
  payments: { readonly [name: string]: PaymentProcessor }
  /** Resolves a secret reference. */
  secrets: Secrets
  /** For what an operator should know. */
  logger: Logger
}

/** An account with its processor. */
export interface ConnectedAccount {
  /** The account. */
  record: PaymentAccount
  /** Its processor. */
  processor: PaymentProcessor
  /** What the processor's methods take. */
  account: ProcessorAccount
}

/** The accounts with these ids that the host has a processor for; others are left out. */
export async function connectAccounts(ports: ProcessorPorts, ids: readonly string[]): Promise<ConnectedAccount[]> {
  const read = await readAll(ports.storage, SYSTEM_SCOPE, ...ids.map((id) => byId(paymentAccounts, id)))
  return read.flatMap((stored: Stored<PaymentAccount> | null) => {
    const processor = stored === null ? undefined : ownValue(ports.payments, stored.body.processor)
    return stored === null || processor === undefined ? [] : [connect(ports, stored.body, processor)]
  })
}

/**
 * The account with this id, for what staff ask for.
 * @throws BursarError `wrong_state` with the reason `not_configured` and the `account`: only who sets up the shop can mend it
 */
export async function requireAccount(ports: ProcessorPorts, id: string): Promise<ConnectedAccount> {
  const [connected] = await connectAccounts(ports, [id])
  if (connected !== undefined) return connected
  const message = `The processor of the payment account ${id} is not configured: it can neither be asked nor told anything.`
  throw new BursarError('wrong_state', { reason: 'not_configured', data: { account: id }, message })
}

/**
 * The account with this id, to ask or to close at; where this process has no such processor nobody knows how a payment
 * stands, and another process may.
 */
export async function reachAccount(
  ports: ProcessorPorts,
  id: string,
): Promise<{ outcome: 'reached'; connected: ConnectedAccount } | { outcome: 'unknown'; reason: string }> {
  const [connected] = await connectAccounts(ports, [id])
  if (connected !== undefined) return { outcome: 'reached', connected }
  const reason = 'its processor is not configured in this process'
  ports.logger.error('a payment cannot be asked for or closed', { account: id, reason })
  return { outcome: 'unknown', reason }
}

function connect(ports: ProcessorPorts, record: PaymentAccount, processor: PaymentProcessor): ConnectedAccount {
  const account: ProcessorAccount = {
    id: record.id,
    mode: record.mode,
    secret: async (name) => {
      const ref = record.secretRefs[name]
      if (ref === undefined)
        throw new Error(`Payment account ${record.id} names no secret "${name}" in its secretRefs.`)
      const secret: unknown = await ports.secrets(ref, { operator: record.operator, account: record.id })
      if (typeof secret === 'string' && secret !== '') return secret
      // An adapter that signs or checks by an empty key would believe anybody.
      throw new Error(
        `Secret "${name}" of payment account ${record.id} is empty: is ${ref} set, where \`secrets\` looks?`,
      )
    },
  }
  return { record, processor, account }
}
