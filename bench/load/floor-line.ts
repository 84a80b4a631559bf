/** Adds a line to a cart's text; answers whether the cart was still at the version that was read. */
export type AddLine = (cartId: string, line: { lineId: string; variantId: string }) => Promise<boolean>

/** The cart with a line in place of the one of its id. */
export function withLine(body: string, { lineId, variantId }: { lineId: string; variantId: string }): string {
  const cart = JSON.parse(body)
  const lines = cart.lines.filter((line: { id: string }) => line.id !== lineId)
  return JSON.stringify({ ...cart, lines: [...lines, { id: lineId, variantId }] })
}
