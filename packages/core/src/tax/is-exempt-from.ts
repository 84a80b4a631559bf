import type { TaxExemption } from '../customer/index.ts'

/** Is no tax of this jurisdiction due? */
export function isExemptFrom(exemption: TaxExemption | null, jurisdiction: string): boolean {
  if (exemption === null) return false
  return exemption.jurisdictions?.includes(jurisdiction) ?? true
}
