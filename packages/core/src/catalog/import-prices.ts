import type { Json, JsonObject } from '../json/index.ts'
import { isCurrency } from '../money/index.ts'
import { cellText, isJsonObject, parseJson } from './import-cell.ts'
import { readPriceField } from './import-fields.ts'
import { currenciesNamedIn, parsePrice } from './import-price.ts'
import type { RowReader } from './import-row-reader.ts'

/** A price that a row names. */
export interface CatalogRowPrice {
  /** ISO 4217 code. */
  readonly currency: string
  /** Minor units of one piece, zero or more. */
  readonly amount: number
  /** From how many pieces on it holds; 1 is the plain price. */
  readonly minimumQuantity: number
}

/** What prices are read by. */
export interface ImportPriceOptions {
  /** ISO 4217 code of prices that name none. */
  currency: string
  /** Codes that the site sells in; a price in another is refused. @default the one of `currency` */
  currencies?: readonly string[] | undefined
  /** The decimal separator of the file's texts, where `12.345` would have two readings. A number of JSON has one. */
  decimalSeparator?: '.' | ',' | undefined
}

/** A price as it is written, before it is understood. */
interface WrittenPrice {
  field: string
  text: string
  /** Is it a number of JSON, whose point is the decimal one? */
  isNumber: boolean
  /** The code that the file gives it, or null where only the text or the site can say. */
  currency: string | null
  minimumQuantity: number
}

/** Is it a field that prices stand in? */
export const isPriceField = (field: string): boolean =>
  field === 'prices' || (field.startsWith('price') && readPriceField(field) !== null)

const isNumber = (cell: Json | undefined): boolean => typeof cell === 'number'

const ENTRY_FIELDS = ['currency', 'price', 'minimumQuantity']

/** The prices of a row, sorted by currency and quantity; what is wrong goes to the reader's issues. */
export function readPrices(raw: JsonObject, reader: RowReader, options: ImportPriceOptions): CatalogRowPrice[] {
  const found = new Map<string, CatalogRowPrice>()
  for (const written of [...columnPrices(raw, reader), ...listedPrices(reader)]) {
    const price = understand(written, reader, options)
    if (price === null) continue
    const key = `${price.currency} ${price.minimumQuantity}`
    if (found.has(key))
      reader.refuse(written.field, `The row has a second price in ${price.currency} for the quantity.`)
    else found.set(key, price)
  }
  return [...found.values()].sort(
    (left, right) =>
      (left.currency < right.currency ? -1 : left.currency > right.currency ? 1 : 0) ||
      left.minimumQuantity - right.minimumQuantity,
  )
}

function columnPrices(raw: JsonObject, reader: RowReader): WrittenPrice[] {
  const rowCurrency = reader.text('currency').toUpperCase() || null
  return Object.keys(raw).flatMap((field) => {
    const named = field.startsWith('price') ? readPriceField(field) : null
    const text = named === null ? '' : reader.text(field)
    if (named === null || text === '') return []
    const currency = named.currency ?? rowCurrency
    return [{ field, text, isNumber: isNumber(raw[field]), currency, minimumQuantity: named.minimumQuantity }]
  })
}

function listedPrices(reader: RowReader): WrittenPrice[] {
  const text = reader.text('prices')
  if (text === '') return []
  const list = parseJson(text)
  if (!Array.isArray(list)) {
    reader.refuse('prices', 'This is not a JSON list such as [{"currency": "EUR", "price": "19.99"}].')
    return []
  }
  return list.flatMap((entry) => {
    const isUnderstood = isJsonObject(entry) && Object.keys(entry).every((name) => ENTRY_FIELDS.includes(name))
    const minimumQuantity = isUnderstood ? cellText(entry.minimumQuantity) || '1' : ''
    if (!isUnderstood || !/^[1-9]\d{0,5}$/.test(minimumQuantity)) {
      reader.refuse('prices', 'Each price is { currency, price, minimumQuantity } and nothing else.')
      return []
    }
    const currency = cellText(entry.currency).toUpperCase() || null
    const { price } = entry
    const written = { text: cellText(price), isNumber: isNumber(price) }
    return [{ field: 'prices', ...written, currency, minimumQuantity: Number(minimumQuantity) }]
  })
}

function understand(written: WrittenPrice, reader: RowReader, options: ImportPriceOptions): CatalogRowPrice | null {
  const sold = options.currencies ?? [options.currency]
  const currency = written.currency ?? spokenCurrency(written.text, sold, options.currency)
  if (!isCurrency(currency)) {
    const field = written.field === 'price' ? 'currency' : written.field
    reader.refuse(field, `${JSON.stringify(currency.slice(0, 10))} is not a currency code of ISO 4217.`)
    return null
  }
  if (!sold.includes(currency)) {
    reader.refuse(written.field, `The site does not sell in ${currency}, only in ${sold.join(', ')}.`)
    return null
  }
  const decimalSeparator = written.isNumber ? '.' : options.decimalSeparator
  const amount = parsePrice(written.text, currency, { decimalSeparator })
  if (!amount.ok) {
    reader.refuse(written.field, `${amount.reason}.`)
    return null
  }
  return { currency, amount: amount.value, minimumQuantity: written.minimumQuantity }
}

/** The currency that a lone price names itself (`€ 20`), where that leaves one of those the site sells in. */
function spokenCurrency(text: string, sold: readonly string[], fallback: string): string {
  const named = currenciesNamedIn(text)
  if (named === null || named.includes(fallback)) return fallback
  const possible = named.filter((code) => sold.includes(code))
  return possible.length === 1 ? (possible[0] ?? fallback) : fallback
}
