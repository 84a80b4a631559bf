import type { PagePort } from '../ports/index.ts'

/** Which of the page's storages: the one of all tabs, or the tab's own. */
export type Where = 'shared' | 'own'

/** A page's storages. */
export type Storages = Pick<PagePort, Where>

/** The name under which a tab keeps the checkout that is under way. */
export const checkoutName = (site: string): string => `bursar.checkout.${site}`

/** The name under which it keeps what opens a guest's orders. */
export const tokensName = (site: string): string => `bursar.orders.${site}`

/** What was kept under a name; null where there is nothing, or nothing can be read. */
export function readKept<T>(page: Storages, where: Where, name: string): T | null {
  try {
    return JSON.parse(page[where].getItem(name) as string) as T // `null` is JSON too; only stores write under their names
  } catch {
    return null
  }
}

/** Keeps a value under a name, or nothing. A storage that is full or forbidden keeps nothing: the tab itself still knows. */
export function keep(page: Storages, where: Where, name: string, value?: unknown): void {
  try {
    page[where].removeItem(name) // what is old is not kept where nothing new can be
    if (value) page[where].setItem(name, JSON.stringify(value))
  } catch {
    // Said above.
  }
}
