import { createOpenApiDocument, rawRoutes } from '@bursar/core'
import { answerOf } from './answer.ts'
import type { Endpoint } from './endpoint.ts'
import { entityTag, namesTag } from './entity-tag.ts'

interface Document {
  text: string
  etag: string
}

/** The contract for machines, made at the first request and kept. Anybody may read it from anywhere. */
export function openapiEndpoint(): Endpoint {
  let made: Promise<Document> | undefined
  return {
    method: rawRoutes.openapi.method,
    path: rawRoutes.openapi.path,
    answer: async ({ request }) => {
      made ??= makeDocument()
      const { text, etag } = await made
      const headers = { etag, 'cache-control': 'public, max-age=300', 'access-control-allow-origin': '*' }
      if (namesTag(request.headers.get('if-none-match'), etag)) return answerOf(304, headers)
      return answerOf(200, { ...headers, 'content-type': 'application/json' }, text)
    },
  }
}

async function makeDocument(): Promise<Document> {
  const text = JSON.stringify(createOpenApiDocument())
  return { text, etag: await entityTag(text) }
}
