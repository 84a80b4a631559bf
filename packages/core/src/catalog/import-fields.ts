/** The fields that a row of an imported file may have, each with what it holds; shown where somebody maps columns. */
export const IMPORT_FIELDS = {
  productExternalId: 'your own id of the product',
  type: 'name of the product type: course, program, book, service, …',
  title: 'title of the product',
  description: 'description, plain text or Markdown',
  slug: 'name in addresses; made from the title where empty',
  productAttributes: 'attributes of the product, as a JSON object',
  variantExternalId: 'your own id of the variant; made from product and name where empty',
  variantName: 'what distinguishes the variant: audit, verified, paperback, …',
  variantTitle: 'title of the variant',
  variantAttributes: 'attributes of the variant, as a JSON object',
  price: 'price of one, in the currency of the row or of the site',
  currency: 'ISO 4217 code of `price`',
  prices: 'prices, as a JSON list of { currency, price, minimumQuantity }',
  saleStartsAt: 'when its sale begins',
  saleEndsAt: 'when its sale ends, such as an upgrade deadline',
  serviceStart: 'when the course or service begins',
  serviceEnd: 'when the course or service ends',
  validityDays: 'for how many days the right lasts',
  capacity: 'how many can be sold in all, what was sold before included',
  maximumQuantity: 'how many one cart line may hold',
  taxCategory: 'category that tax tables know',
  fulfilment: 'how it is delivered, as JSON: { provider, target }',
  fulfilmentProvider: 'name of the provider that delivers it',
  fulfilmentTarget: 'what the provider delivers: JSON, or a text',
  bundleParts: 'ids of the variants that a bundle is made of, separated by |',
  collections: 'names of collections, separated by |',
  publish: 'yes or no: is it shown on the site?',
  publishFrom: 'from when it is shown',
  publishUntil: 'until when it is shown',
} as const satisfies { readonly [field: string]: string }

/** Name of a field that every row may have. Others are made of one: see {@link isImportField}. */
export type ImportField = keyof typeof IMPORT_FIELDS

/** `price.EUR`, `price.EUR.10` (from ten on) or `price.10` (in the row's currency, from ten on). */
const PRICE_FIELD = /^price(?:\.([A-Z]{3}))?(?:\.([1-9]\d{0,5}))?$/
const ATTRIBUTE_FIELD = /^(?:product|variant)Attributes\..{1,100}$/

/** Whether a row may have a field of this name: one of {@link IMPORT_FIELDS}, a price's or an attribute's. */
export function isImportField(name: string): boolean {
  return Object.hasOwn(IMPORT_FIELDS, name) || ATTRIBUTE_FIELD.test(name) || PRICE_FIELD.test(name)
}

/** What a field of a price says about it: `price.EUR.10` → `{ currency: 'EUR', minimumQuantity: 10 }`, or null. */
export function readPriceField(name: string): { currency: string | null; minimumQuantity: number } | null {
  const match = PRICE_FIELD.exec(name)
  return match === null ? null : { currency: match[1] ?? null, minimumQuantity: Number(match[2] ?? 1) }
}
