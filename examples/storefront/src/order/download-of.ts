import type { DeliveryView } from '@bursar/core/client'

/** The path of a download at this shop, or null. The host in it is only the name under which it was signed. */
export function downloadOf({ detail }: DeliveryView): string | null {
  if (typeof detail !== 'object' || detail === null || !('url' in detail) || typeof detail.url !== 'string') return null
  if (!URL.canParse(detail.url)) return null
  const { pathname, search } = new URL(detail.url)
  return `${pathname}${search}`
}
