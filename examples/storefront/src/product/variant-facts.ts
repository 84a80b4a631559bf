import type { VariantView } from '@bursar/core/client'

/** What a mode holds, in a few words each. */
export function variantFacts({ attributes, parts, title }: VariantView): readonly string[] {
  const { certificate, credits, format, durationMinutes } = attributes
  return [
    certificate === true ? 'with certificate' : certificate === false ? 'without certificate' : '',
    typeof credits === 'number' ? `${credits} credits` : '',
    typeof format === 'string' && format.toLowerCase() !== title.toLowerCase() ? format : '',
    typeof durationMinutes === 'number' ? `${durationMinutes} minutes` : '',
    parts.length > 0 ? `${parts.length} courses` : '',
  ].filter((fact) => fact !== '')
}
