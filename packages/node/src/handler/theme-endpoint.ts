import { type Commerce, type OperationOutput, rawRoutes, themeCss } from '@bursar/core'
import { answerOf } from './answer.ts'
import type { Endpoint } from './endpoint.ts'
import { entityTag, namesTag } from './entity-tag.ts'

/**
 * The site's look for a page's `<link rel="stylesheet">`. A browser keeps it and asks whether it has changed, so that a
 * new look shows on the next load.
 */
export function themeEndpoint(commerce: Commerce): Endpoint {
  return {
    method: rawRoutes.themeCss.method,
    path: rawRoutes.themeCss.path,
    answer: async (context) => {
      const { site } = await context.site()
      // By its name, `invoke` answers what the operation does.
      const answer = (await commerce.invoke('site.get', { type: 'shopper', site }, {})) as OperationOutput<'site.get'>
      const text = themeCss(answer.theme)
      const etag = await entityTag(text)
      const headers = { etag, 'cache-control': 'no-cache', 'access-control-allow-origin': '*' }
      if (namesTag(context.request.headers.get('if-none-match'), etag)) return answerOf(304, headers)
      return answerOf(200, { ...headers, 'content-type': 'text/css; charset=utf-8' }, text)
    },
  }
}
