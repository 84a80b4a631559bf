import type { Logger } from '@bursar/core'
import type { RequestContext } from './request-context.ts'

/** How a request ended. */
export interface RequestEnd {
  /** HTTP status. */
  status: number
  /** How long it took. */
  milliseconds: number
}

/** Writes the one line of a request. Health checks that went well are not worth one. */
export function logRequest(logger: Logger, context: RequestContext, { status, milliseconds }: RequestEnd): void {
  const { route, site, principal, error, reference } = context.trail
  if (route?.startsWith('/health/') && status < 400) return
  const fields = {
    method: context.request.method,
    route: route ?? null,
    status,
    ms: Math.round(milliseconds * 10) / 10,
    requestId: context.id,
    operator: site?.operator,
    site: site?.site,
    principal: principal?.type,
    error: error?.code,
    reason: error?.reason,
    reference,
  }
  if (status >= 500) logger.warn('request', fields)
  else logger.info('request', fields)
}
