import { jurisdiction, taxExemptionOf } from '../customer/tax-exemption.schema.ts'
import { compoundId, id } from '../ids/id.schema.ts'
import { input, model, part, type SchemaOf, union } from '../json/checked.schema.ts'
import { choice, flag, items, list, tag, text, whole } from '../json/field.schema.ts'
import { amount, currency, knownCurrency, rate, signedAmount } from '../money/money.schema.ts'
import type { Missing } from '../promotion/index.ts'
import { typedCode } from '../promotion/promotion.schema.ts'
import { country, region } from '../site/country.schema.ts'
import type { LineRefusal, PlaceOfSale } from './pricing-inputs.ts'
import type {
  Adjustment,
  AdjustmentCause,
  CodeRefusal,
  LeftOutPart,
  PartTax,
  Quote,
  QuoteCode,
  QuoteHint,
  QuoteLine,
  QuotePart,
  QuoteStep,
  QuoteUse,
} from './quote.ts'
import type { CreateQuoteInput, QuoteLineInput } from './quote-api.ts'

type Cause<K extends AdjustmentCause['type']> = Extract<AdjustmentCause, { type: K }>

/** How many of a variant one line may hold. */
export const quantity: SchemaOf<number> = whole(1, 1000)

/** Where the sale takes place. */
export const placeOfSale: SchemaOf<PlaceOfSale> = model<PlaceOfSale>('PlaceOfSale')({
  country,
  region: region.optional(),
  basis: choice('assumed', 'declared', 'evidenced'),
})

/** Part ids chosen from a bundle's groups. */
export const chosenParts: SchemaOf<readonly string[]> = list(id, 100)

const lineRefusal: SchemaOf<LineRefusal> = choice(
  'no_price',
  'not_published',
  'archived',
  'not_yet_on_sale',
  'no_longer_on_sale',
  'sold_out',
  'quantity_above_limit',
  'part_not_available',
  'parts_not_chosen',
  'already_owned',
  'already_in_cart',
  'being_bought',
  'prerequisite_missing',
)

const codeRefusal: SchemaOf<CodeRefusal> = choice(
  'not_valid',
  'not_yet_valid',
  'expired',
  'used_up',
  'used_by_you',
  'not_for_these_items',
  'below_minimum',
  'not_for_you',
  'not_here',
  'not_now',
  'not_with_others',
)

const quoteStep: SchemaOf<QuoteStep> = choice(
  'price',
  'test_price',
  'upgrade',
  'bundle',
  'line_promotion',
  'cart_promotion',
  'fee',
  'tax',
)

const cause: SchemaOf<AdjustmentCause> = union<AdjustmentCause>()({
  price_list: part<Cause<'price_list'>>()({
    type: tag('price_list'),
    priceList: id,
    minimumQuantity: whole(1, Number.MAX_SAFE_INTEGER),
  }),
  promotion: part<Cause<'promotion'>>()({
    type: tag('promotion'),
    promotion: id,
    code: text(1, 64).nullable(),
  }),
  bundle: part<Cause<'bundle'>>()({
    type: tag('bundle'),
    rule: choice('own_price', 'sum_less_percent', 'sum_less_amount'),
  }),
  owned_parts: part<Cause<'owned_parts'>>()({
    type: tag('owned_parts'),
    rule: choice('sell_all', 'leave_out', 'credit_paid'),
    parts: items(id),
  }),
  upgrade: part<Cause<'upgrade'>>()({
    type: tag('upgrade'),
    from: id,
    credit: choice('money_paid', 'list_price_then', 'list_price_now'),
  }),
  assignment: part<Cause<'assignment'>>()({ type: tag('assignment'), experiment: text(1, 100) }),
  tax_rate: part<Cause<'tax_rate'>>()({ type: tag('tax_rate'), taxRate: id, rate }),
})

/** One step of a line's price. */
export const adjustment: SchemaOf<Adjustment> = model<Adjustment>('Adjustment')({
  step: quoteStep,
  amount: signedAmount,
  included: signedAmount.optional(),
  cause,
  reason: text(0, 1000),
})

/** A tax on a part. */
export const partTax: SchemaOf<PartTax> = model<PartTax>('PartTax')({
  taxRate: id,
  rate,
  jurisdiction,
  name: text(1, 100).optional(),
  amount,
})

const sums = { base: amount, discount: amount, net: amount, tax: amount, total: amount }

const quotePart = model<QuotePart>('QuotePart')({ id, variantId: id, ...sums, taxes: items(partTax) })

const quoteLine = model<QuoteLine>('QuoteLine')({
  id,
  variantId: id,
  productId: text(0, 64),
  title: text(0, 300),
  variantName: text(0, 60),
  quantity,
  unitPrice: amount,
  compareAt: amount.optional(),
  lowestRecent: amount.optional(),
  ...sums,
  adjustments: items(adjustment),
  parts: items(quotePart),
  leftOut: items(part<LeftOutPart>()({ id, variantId: id, title: text(0, 300), credit: amount })).optional(),
  prerequisite: items(id).optional(),
  refusal: lineRefusal.nullable(),
})

const missing: SchemaOf<Missing> = model<Missing>('Missing')({
  quantity: whole(1, Number.MAX_SAFE_INTEGER).optional(),
  amount: amount.optional(),
  variants: items(id).optional(),
  products: items(id).optional(),
})

const quoteCode = model<QuoteCode>('QuoteCode')({
  id,
  code: text(0, 64),
  name: text(0, 200).optional(),
  applied: flag,
  refusal: codeRefusal.nullable(),
  missing: missing.optional(),
  others: items(text(0, 200)).optional(),
})

const quoteHint = model<QuoteHint>('QuoteHint')({
  promotion: id,
  name: text(0, 200),
  refusal: codeRefusal,
  missing: missing.optional(),
  others: items(text(0, 200)).optional(),
})

const quoteUse = model<QuoteUse>('QuoteUse')({ counter: compoundId, n: amount, limit: amount })

/** The priced cart. */
export const quote: SchemaOf<Quote> = model<Quote>('Quote')({
  engine: whole(1, Number.MAX_SAFE_INTEGER),
  currency: knownCurrency,
  place: placeOfSale,
  lines: items(quoteLine),
  codes: items(quoteCode),
  ...sums,
  priceBasis: choice('inclusive', 'exclusive'),
  provisional: flag,
  unknowns: items(choice('ownership')).optional(),
  uses: items(quoteUse),
  taxExemption: taxExemptionOf(part).optional(),
  hints: items(quoteHint).optional(),
  isTaxUnknown: flag.optional(),
})

/** Lines to be priced, as callers write them. */
export const quoteLineInputs: SchemaOf<readonly QuoteLineInput[]> = list(
  input<QuoteLineInput>()({ variantId: id, quantity: quantity.optional(), parts: chosenParts.optional() }),
  50,
  1,
)

/** Input of `quotes.create`. */
export const createQuoteInput: SchemaOf<CreateQuoteInput> = input<CreateQuoteInput>()({
  lines: quoteLineInputs,
  currency: currency.optional(),
  country: country.optional(),
  region: region.optional(),
  codes: list(typedCode, 20).optional(),
  mode: choice('each', 'together').optional(),
})

/** Answer of `quotes.create`. */
export const quotes: SchemaOf<{ quotes: readonly Quote[] }> = part<{ quotes: readonly Quote[] }>()({
  quotes: items(quote),
})
