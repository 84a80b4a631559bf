import type { AdminClient } from '@bursar/core/admin-client'
import type { CommerceClient } from '@bursar/core/client'
import type { RaceCommerce } from './race-commerce.ts'

/** One of the servers of a shop. Each has its own queues and its own price book; what they share is the storage. */
export interface RaceServer {
  /** The client of a customer. */
  customer(customerId: string, site: string): CommerceClient
  /** The client of somebody who is not signed in. */
  guest(site: string): CommerceClient
  /** The admin of the shop itself. */
  admin(site: string): AdminClient
  webhook(account: string, rawBody: string, headers: Headers): Promise<void>
  /** Does the jobs that are due. */
  runDue(): Promise<void>
  /** Puts its clock forward. */
  advance(ms: number): Promise<void>
  close(): Promise<void>
  /** Of a server in a process of its own. */
  readonly pid?: number | undefined
  /** Where that listens. */
  readonly url?: string | undefined
}

/** A server that is a part of this process. */
export function serverHere(opened: RaceCommerce): RaceServer {
  const { commerce } = opened
  return {
    customer: (customerId, site) => commerce.as({ type: 'customer', site, customerId }),
    guest: (site) => commerce.as({ type: 'shopper', site }),
    admin: (site) => commerce.as({ type: 'system', site }).admin,
    webhook: (account, rawBody, headers) => commerce.handleWebhook(account, new TextEncoder().encode(rawBody), headers),
    runDue: async () => {
      await commerce.jobs.runDue()
    },
    advance: async (ms) => opened.advance(ms),
    close: () => opened.close(),
  }
}
