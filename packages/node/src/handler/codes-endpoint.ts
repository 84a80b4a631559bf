import { type Commerce, rawRoutes } from '@bursar/core'
import { codesCsv } from '../codes/index.ts'
import { answerOf } from './answer.ts'
import type { Endpoint } from './endpoint.ts'

/** The codes of a batch as a file, streamed. The first page is read before the answer begins: its errors are problems. */
export function codesEndpoint(commerce: Commerce): Endpoint {
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
          const { done, value } = await pieces.next()
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
