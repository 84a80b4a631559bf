import { type Commerce, rawRoutes } from '@bursar/core'
import { answerOf } from './answer.ts'
import type { Endpoint } from './endpoint.ts'
import { readBody } from './read-body.ts'

const WEBHOOK_LIMIT = 1024 * 1024

/** A processor's events: signed, so the bytes go on as they came. 204 when the event is stored. */
export function webhookEndpoint(commerce: Commerce): Endpoint {
  return {
    method: rawRoutes.webhook.method,
    path: rawRoutes.webhook.path,
    answer: async (context, { paymentAccountId = '' }) => {
      const { request, bodyAlreadyRead: alreadyRead, lengthIsKept, room } = context
      const limits = { limit: WEBHOOK_LIMIT, words: '1 MB', alreadyRead, lengthIsKept, room }
      const body = () => context.aside(readBody(request, limits))
      await commerce.handleWebhook(paymentAccountId, body, request.headers)
      return answerOf(204)
    },
  }
}
