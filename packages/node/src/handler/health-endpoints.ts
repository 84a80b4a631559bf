import { BursarError, type Commerce, rawRoutes } from '@bursar/core'
import type { Endpoint } from './endpoint.ts'
import { jsonAnswer } from './json-answer.ts'

/** `/health/live`: the process answers. `/health/ready`: so does its storage. Neither needs a site or a caller. */
export function healthEndpoints(commerce: Commerce): readonly Endpoint[] {
  return [
    { method: rawRoutes.live.method, path: rawRoutes.live.path, answer: async () => jsonAnswer({ status: 'ok' }, 200) },
    {
      method: rawRoutes.ready.method,
      path: rawRoutes.ready.path,
      answer: async () => {
        if (!(await commerce.ready())) throw new BursarError('unavailable')
        return jsonAnswer({ status: 'ok' }, 200)
      },
    },
  ]
}
