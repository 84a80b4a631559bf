import { expect, test } from 'vitest'
import type { LeasedJob } from '../ports/index.ts'
import { takeInTurn } from '../storage/lease-in-turn.ts'
import { addMilliseconds } from '../time/index.ts'
import { jobTurns } from './job-turns.ts'

type WaitingJob = LeasedJob & { readonly priority: number; readonly runAt: string }

const START = '2026-01-01T00:00:00.000Z'
const REMEMBERED = 20
const JOBS = 10

test.each([
  ['as many as are remembered', REMEMBERED, REMEMBERED],
  ['more: then age decides, and no later job is served before', REMEMBERED + 5, (REMEMBERED + 5) * JOBS],
])('a newcomer waits behind the backlogs of %s', (_, backlogs, most) => {
  const turns = jobTurns(REMEMBERED)
  const waiting = [...Array(backlogs * JOBS * 2).keys()].map((n) => jobOf(`big-${n % backlogs}`, n))
  waiting.push(jobOf('late', backlogs * JOBS - 0.5))
  let looks = 0
  for (;;) {
    const [job] = takeInTurn(waiting, 1, { inHand: [], lately: turns.taken() })
    if (job === undefined || job.scope.operator === 'late') break
    looks += 1
    waiting.splice(waiting.indexOf(job), 1)
    turns.note([job])
  }
  expect(looks).toBeLessThanOrEqual(most)
})

function jobOf(operator: string, age: number): WaitingJob {
  const runAt = addMilliseconds(START, age * 1000)
  return { id: `${operator}-${age}`, priority: 0, runAt, scope: { operator } } as unknown as WaitingJob // what turns look at
}
