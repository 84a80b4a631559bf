import type { ImportField } from '@bursar/core'

/**
 * Names that real files give to fields, in lower case without spaces and punctuation; the better name first, for a
 * file may have several. A field's own name is always known.
 */
export const COLUMN_ALIASES: { readonly [field in ImportField]?: readonly string[] } = {
  productExternalId: [
    'externalid',
    'productid',
    'productkey',
    'courseid',
    'coursekey',
    'courserunkey',
    'coursecode',
    'key',
    'id',
  ],
  type: ['producttype', 'kind'],
  title: ['producttitle', 'productname', 'coursetitle', 'coursename', 'displayname', 'name'],
  description: ['fulldescription', 'longdescription', 'shortdescription', 'summary', 'about', 'overview'],
  slug: ['urlslug', 'urlkey', 'handle'],
  variantExternalId: ['variantid', 'variantkey', 'sku'],
  variantName: ['variant', 'coursemode', 'modeslug', 'mode', 'seattype', 'edition'],
  variantTitle: ['modedisplayname', 'modename', 'modetitle'],
  price: ['listprice', 'unitprice', 'amount', 'cost', 'fee', 'minprice'],
  currency: ['currencycode', 'pricecurrency'],
  saleStartsAt: ['salestart', 'salestarts', 'enrollmentstart', 'enrolmentstart'],
  saleEndsAt: [
    'upgradedeadline',
    'expirationdatetime',
    'saleend',
    'saleends',
    'deadline',
    'enrollmentend',
    'enrolmentend',
  ],
  serviceStart: ['coursestart', 'startdate', 'starts', 'start'],
  serviceEnd: ['courseend', 'enddate', 'ends', 'end'],
  validityDays: ['accessdays'],
  capacity: ['seats', 'stock', 'inventory'],
  maximumQuantity: ['maxquantity', 'maxperorder'],
  taxCategory: ['taxclass', 'taxcode'],
  fulfilment: ['fulfillment', 'delivery'],
  fulfilmentProvider: ['fulfillmentprovider', 'provider'],
  fulfilmentTarget: ['fulfillmenttarget', 'target'],
  bundleParts: ['bundle', 'parts', 'includes'],
  collections: ['collection', 'categories', 'category', 'tags'],
  publish: ['published', 'ispublished', 'visible'],
  publishFrom: ['publishedfrom', 'availablefrom'],
  publishUntil: ['publisheduntil', 'availableuntil'],
}

/** Columns that tell by their name that the file's products are courses. */
export const COURSE_COLUMNS: ReadonlySet<string> = new Set([
  'courseid',
  'coursekey',
  'courserunkey',
  'coursecode',
  'coursetitle',
  'coursename',
])

/** Other spellings of attributes. */
export const ATTRIBUTE_ALIASES: { readonly [written: string]: string } = {
  org: 'organisation',
  organization: 'organisation',
  subject: 'subjects',
  imageurl: 'image',
}

/** Longer names are compared by their beginning: of thousands of marks in a row one takes V8 seconds to normalise. */
const LONGEST_NAME = 500

/** A column's name without what people write differently: case, spaces, punctuation. */
export function simplifyColumn(name: string): string {
  return name
    .slice(0, LONGEST_NAME)
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{M}\p{N}]/gu, '')
}
