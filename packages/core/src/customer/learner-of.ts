import type { Customer } from './customer.ts'

/** A customer's id at a learning platform: that of their account there, else the id that the host knows them by; null for none. */
export function learnerOf({ links, hostId }: Pick<Customer, 'links' | 'hostId'>, platform: string): string | null {
  return links.find((link) => link.platform === platform)?.learnerId ?? hostId
}
