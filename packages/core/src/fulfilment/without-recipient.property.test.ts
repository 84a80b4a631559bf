import fc from 'fast-check'
import { expect, test } from 'vitest'
import { personalData, personalWords } from '../report/checks/personal-data.ts'
import { withoutRecipient } from './without-recipient.ts'

const maria = {
  ...{ customerId: 'cus_1', learnerId: 'maria.schmidt' },
  ...{ email: 'maria.schmidt@example.org', name: 'Maria Schmidt' },
}
const refused = (reason: string) => ({ outcome: 'refused', reason }) as const

test.each([
  ['not_read: 400: User Maria.Schmidt does not exist', 'not_read: 400: User [name] does not exist'],
  ['GET https://lms.example/maria.schmidt,course-v1:a+b', 'GET https://lms.example/[name],course-v1:a+b'],
  ['no account of maria.schmidt%40example.org.', 'no account of [name].'],
  ['“Maria Schmidt” <maria.schmidt@example.org> is blocked', '“[name]” <[name]> is blocked'],
  ['course_full: it takes nobody', 'course_full: it takes nobody'],
])('%s', (said, kept) => {
  expect(withoutRecipient(refused(said), maria)).toEqual(refused(kept))
})

test('an id of few letters is taken out as a word alone', () => {
  const ann = { customerId: 'cus_1', learnerId: 'ann', email: null, name: null }
  expect(withoutRecipient(refused('it cannot find ann, or annex'), ann).outcome).toBe('refused')
  expect(withoutRecipient(refused('it cannot find ann, or annex'), ann)).toEqual(
    refused('it cannot find [name], or annex'),
  )
})

test('what no learner is known by stays, and so does an answer that says nothing', () => {
  const nobody = { customerId: 'cus_1', learnerId: null, email: null, name: ' ' }
  expect(withoutRecipient(refused('no such course'), nobody)).toEqual(refused('no such course'))
  expect(withoutRecipient({ outcome: 'pending' }, maria)).toEqual({ outcome: 'pending' })
})

test('whatever a learner is called, the doctor finds nothing of it (I17)', () => {
  const word = fc.oneof(
    fc.constantFrom('learner', 'user', 'recipient', 'maria', 'maria.schmidt'),

    fc.string({ minLength: 1, maxLength: 20, unit: 'binary' }),
    fc.stringMatching(/^[\w.@+%/$-]{1,20}$/),
  )
  fc.assert(
    fc.property(word, word, (learnerId, name) => {
      const said = `User ${learnerId} (${name}), of /enrollment/${encodeURIComponent(learnerId.toWellFormed())},c`
      const answer = withoutRecipient(refused(said), { customerId: 'cus_1', learnerId, email: null, name })
      const people = personalWords([{ id: 'cus_1', hostId: learnerId, email: null, name }])
      const body = { ...answer }
      expect(personalData.find({ collection: 'grants', id: 'grt_1', body, people })).toEqual([])
    }),
  )
})
