import { type Check, openCase } from '../check.ts'
import type { ParkedJobFacts } from '../record-facts.ts'

/** I16: a job that was set aside is a person's case, and stays one until somebody acts. */
export const parkedJobs: Check<ParkedJobFacts> = {
  name: 'parked jobs',
  invariant: 'I16',
  find: ({ job: { id, queue, key, error } }) => [
    openCase(id, `${queue} of ${key ?? 'nothing'} is parked: ${error ?? 'nobody said why'}`),
  ],
}
