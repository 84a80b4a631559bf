/** What a buy link (`GET /v1/buy`) says in the address that it leads to. */
export interface BuyLink {
  /** The cart that was filled. */
  readonly cartId: string | undefined
  /** Why the variant or the code was refused: an error code. */
  readonly refused: string | undefined
}

/** Reads it, and takes it out of the address: a reload or a bookmark must not say it again. */
function takeBuyLink(): BuyLink {
  const address = new URL(location.href)
  const { searchParams } = address
  const link = {
    cartId: searchParams.get('bursar_cart') ?? undefined,
    refused: searchParams.get('bursar_error') ?? undefined,
  }
  if (link.cartId === undefined && link.refused === undefined) return link
  searchParams.delete('bursar_cart')
  searchParams.delete('bursar_error')
  history.replaceState(history.state, '', address)
  return link
}

/** The link by which this page was opened. */
export const buyLink: BuyLink = takeBuyLink()
