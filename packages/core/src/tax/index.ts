export { taxOn } from './tax-on.ts'
export { taxRates } from './tax-rate.collection.ts'
export type { TaxRate } from './tax-rate.ts'
export { findTaxRate, type TaxTable, taxTable } from './tax-table.ts'
