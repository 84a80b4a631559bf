import { type Commerce, type Logger, rawRoutes } from '@bursar/core'
import { codesCsv } from '../codes/index.ts'
import { answerOf } from './answer.ts'
import type { Endpoint } from './endpoint.ts'
import { errorFields } from './error-fields.ts'
import type { RequestContext } from './request-context.ts'

/**
 * The codes of a batch as a file, streamed. The first page is read before the answer begins: its errors are problems. What
 * fails later goes to the log, and the file breaks off.
 */
export function codesEndpoint(commerce: Commerce, logger: Logger): Endpoint {
  return {
    method: rawRoutes.codesCsv.method,
    path: rawRoutes.codesCsv.path,
    answer: async (context, { id = '' }) => {
      const principal = await context.principal('from_own_pages')
      const pieces = codesCsv(commerce, principal, id)
      const first = await pieces.next()
      const text = new ReadableStream<string>({
        start: (controller) => controller.enqueue(first.value ?? ''),
        pull: async (controller) => {
          const { done, value } = await pieces.next().catch((error: unknown) => brokenOff(context, error, logger))
          if (done === true) controller.close()
          else controller.enqueue(value)
        },
      })
      const headers = {
        'content-type': 'text/csv; charset=utf-8',
        'content-disposition': 'attachment; filename="codes.csv"',
        'cache-control': 'no-store',
      }
      return answerOf(200, headers, text.pipeThrough(new TextEncoderStream()))
    },
  }
}

/** Ends the answer by an error that says nothing: servers write it wherever they like, past the log and what it hides. */
function brokenOff({ id }: RequestContext, error: unknown, logger: Logger): never {
  logger.error('an answer broke off', { requestId: id, ...errorFields(error) })
  throw new Error('The answer broke off: see the log.')
}
