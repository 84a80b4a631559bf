/** Currencies of ISO 4217 whose minor unit has not two decimal digits, by how many it has. A browser's whole table. */
export const EXCEPTIONS: readonly (readonly [digits: number, codes: string])[] = [
  [0, 'BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF'],
  [3, 'BHD IQD JOD KWD LYD OMR TND'],
  [4, 'CLF UYW'],
]

/** How many decimal digits the minor unit has, 0 to 4: two of what is not in the table, so that a page shows every amount. */
export function minorDigits(currency: string): number {
  return EXCEPTIONS.find(([, codes]) => codes.includes(currency.toUpperCase()))?.[0] ?? 2
}
