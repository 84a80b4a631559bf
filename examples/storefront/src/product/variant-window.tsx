import type { VariantView } from '@bursar/core/client'
import { useMoney } from '@bursar/react'

/** From when and until when a mode is sold. The end is the first instant at which it is sold no longer. */
export function VariantWindow({ variant: { saleStartsAt, saleEndsAt, onSale } }: { variant: VariantView }) {
  const { formatInstant } = useMoney()
  const whole = { dateStyle: 'long', timeStyle: 'short' } as const
  const day = { dateStyle: 'long' } as const
  if (!onSale && saleStartsAt !== null) {
    return (
      <span>
        on sale from <time dateTime={saleStartsAt}>{formatInstant(saleStartsAt, whole)}</time> UTC
      </span>
    )
  }
  if (saleEndsAt === null) return null
  // A day's end is said by its day: “until the end of September 30” is clearer than “until October 1, 12:00 AM”.
  const isMidnight = saleEndsAt.endsWith('T00:00:00.000Z')
  const dayBefore = new Date(Date.parse(saleEndsAt) - 1).toISOString()
  const shown = isMidnight ? `the end of ${formatInstant(dayBefore, day)}` : formatInstant(saleEndsAt, whole)
  return (
    <span>
      until <time dateTime={saleEndsAt}>{shown}</time>, UTC
    </span>
  )
}
