import type { FulfilmentProvider } from '@bursar/core'

/** A platform that can be taken away and brought back. */
export interface SwitchedPlatform extends FulfilmentProvider {
  /** Does it answer from now on? */
  setAnswers(answers: boolean): void
}

/** While it does not answer, nobody knows what came of a call, and nothing does. */
export function switchedPlatform(platform: FulfilmentProvider): SwitchedPlatform {
  let isThere = true
  const silence = async () => ({ outcome: 'unknown', reason: 'outage: the platform does not answer.' }) as const
  return {
    ...platform,
    deliver: (grant) => (isThere ? platform.deliver(grant) : silence()),
    withdraw: (grant) => (isThere ? platform.withdraw(grant) : silence()),
    status: (grantId) => (isThere ? platform.status(grantId) : silence()),
    setAnswers(answers) {
      isThere = answers
    },
  }
}
