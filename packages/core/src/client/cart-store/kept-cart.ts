import type { PagePort } from '../../ports/index.ts'

/** Which cart is the shopper's, as all tabs know it. */
export interface KeptCart {
  /** Cart id. */
  readonly id?: string | undefined
  /** What opens a guest's cart. */
  readonly token?: string | undefined
  /** Is it a customer's? */
  readonly isOwned?: boolean | undefined
  /** The customer's cart that this guest's is being merged into. */
  readonly into?: string | undefined
}

/** What was kept under a name; null where there is nothing, or nothing can be read. */
export function readKept<T>(page: PagePort, where: 'shared' | 'own', name: string): T | null {
  try {
    return JSON.parse(page[where].getItem(name) as string) as T // `null` is JSON too; only this store writes under its names
  } catch {
    return null
  }
}

/** Keeps a value under a name, or nothing. A storage that is full or forbidden keeps nothing: the tab itself still knows. */
export function keep(page: PagePort, where: 'shared' | 'own', name: string, value: object | null): void {
  try {
    if (value === null) page[where].removeItem(name)
    else page[where].setItem(name, JSON.stringify(value))
  } catch {
    // Said above.
  }
}
