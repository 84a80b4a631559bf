import type { PagePort } from '../../ports/index.ts'

/** One attempt to buy a cart, as it outlives the page. Nothing in it names a person. */
export interface Attempt {
  /** The idempotency key. */
  readonly key: string
  /** Cart id. */
  readonly cartId: string | null
  /** What opens a guest's cart and order. */
  readonly cartToken?: string | undefined
  /** The order, once known. */
  readonly orderId: string | null
  /** Was it started with what the processor's fields gave? Then what is to be done is no field to fill in. */
  readonly isTokenised: boolean
}

/** Reads what was kept; null where nothing was, or nothing that is one. */
export function readAttempt(page: Pick<PagePort, 'own'>, name: string): Attempt | null {
  try {
    const kept: unknown = JSON.parse(page.own.getItem(name) ?? 'null')
    return typeof kept === 'object' && kept !== null && 'key' in kept ? (kept as Attempt) : null // written below
  } catch {
    return null
  }
}

/** Keeps an attempt, or forgets it. A full or forbidden storage keeps it for this page only. */
export function keepAttempt(page: Pick<PagePort, 'own'>, name: string, attempt: Attempt | null): void {
  try {
    if (attempt === null) page.own.removeItem(name)
    else page.own.setItem(name, JSON.stringify(attempt))
  } catch {
    // The page goes on without it; the server still lets a cart have one live order.
  }
}
