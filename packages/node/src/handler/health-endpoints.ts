import { BursarError, type Commerce, rawRoutes, systemRuntime } from '@bursar/core'
import type { Endpoint } from './endpoint.ts'
import { jsonAnswer } from './json-answer.ts'

/** A storage that refuses at once may be busy for a moment, while it answers others: it is asked so often, so many milliseconds apart. */
const ASKED = 5
const APART_MS = 50

/** Real time, whatever the shop's: a balancer waits for the answer. */
const { sleep } = systemRuntime()

/** `/health/live`: the process answers. `/health/ready`: so does its storage. Neither needs a site or a caller. */
export function healthEndpoints(commerce: Commerce): readonly Endpoint[] {
  return [
    { method: rawRoutes.live.method, path: rawRoutes.live.path, answer: async () => jsonAnswer({ status: 'ok' }, 200) },
    {
      method: rawRoutes.ready.method,
      path: rawRoutes.ready.path,
      answer: async () => {
        if (!(await isReady(commerce))) throw new BursarError('unavailable')
        return jsonAnswer({ status: 'ok' }, 200)
      },
    },
  ]
}

async function isReady(commerce: Commerce, left = ASKED): Promise<boolean> {
  const asked = performance.now()
  if (await commerce.ready()) return true
  if (left === 1 || performance.now() - asked >= APART_MS) return false
  await sleep(APART_MS)
  return isReady(commerce, left - 1)
}
