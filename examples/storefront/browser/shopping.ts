import type { Page } from 'playwright-core'

/** Steps that many tests take, in the words of the page. */

/** Opens a product by its title from the list, and puts it in the cart. */
export async function addToCart(page: Page, slug: string): Promise<void> {
  await page.goto(`/products/${slug}`)
  await page.getByRole('button', { name: 'Add to cart' }).click()
  await page.getByRole('link', { name: 'Go to the cart' }).waitFor()
}

/** Signs in on the page where one is asked to. */
export async function signIn(page: Page, learner = 'Learner 1'): Promise<void> {
  await page.getByRole('button', { name: learner }).click()
  await page.getByRole('button', { name: 'Sign out' }).waitFor()
  // From a page of its own one is led on: a link that is clicked before would be left again.
  await page.waitForURL(({ pathname }) => pathname !== '/sign-in')
}

/** The processor's frame. */
export const cardField = (page: Page) => page.frameLocator('iframe[title="Card details"]')

/** Chooses a test card and agrees to the terms; pays. */
export async function payWith(page: Page, card: 'Approved' | 'Declined' | '3-D Secure' | 'No answer'): Promise<void> {
  await cardField(page).getByRole('button', { name: card }).click()
  await page.getByRole('checkbox', { name: 'I agree to the terms' }).check()
  await page.getByRole('button', { name: /^Pay/ }).click()
}
