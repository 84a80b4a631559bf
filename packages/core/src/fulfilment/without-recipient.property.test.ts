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
  ['GET /users%2Fmaria.schmidt%2Fx, %252Fmaria.schmidt', 'GET /users%2F[name]%2Fx, %252F[name]'],
  ['?q=Maria+Schmidt&q=maria%20schmidt, Maria  Schmidt', '?q=[name]&q=[name], [name]'],
  ['of maria.schmidt%2540example.org', 'of [name]'],
])('%s', (said, kept) => {
  expect(withoutRecipient(refused(said), maria, {})).toEqual(refused(kept))
})

test('an id of few letters is taken out as a word alone', () => {
  const ann = { customerId: 'cus_1', learnerId: 'ann', email: null, name: null }
  expect(withoutRecipient(refused('it cannot find ann, or annex'), ann, {}).outcome).toBe('refused')
  expect(withoutRecipient(refused('it cannot find ann, or annex'), ann, {})).toEqual(
    refused('it cannot find [name], or annex'),
  )
})

test.each([
  ['learner', 'learner_unknown: there is no learner', 'learner_unknown: there is no [name]'],
  ['1', 'no such course: course-v1:Org+C+1', 'no such course: course-v1:Org+C+1'],
  ['a', 'what a shame, a', 'what a shame, a'],
  [
    'Org',
    'Org is not in course-v1:Org+C+1, course-v1%3AOrg%2BC%2B1',
    '[name] is not in course-v1:Org+C+1, course-v1%3AOrg%2BC%2B1',
  ],
  ['audit', 'mode_missing: audit', 'mode_missing: audit'],
  ['maria_schmidt', 'maria_schmidt: is blocked', '[name]: is blocked'],
  ['maria_schmidt', 'maria_schmidt', '[name]'],
])('a learner who is called %s: %s', (learnerId, said, kept) => {
  const target = { course: 'course-v1:Org+C+1', modes: ['audit', ''] }
  const learner = { customerId: 'cus_1', learnerId, email: null, name: null }
  expect(withoutRecipient(refused(said), learner, target)).toEqual(refused(kept))
})

test.each([
  `${'+ '.repeat(95)}"x"`,
  `${'%20 '.repeat(40)}"x"`,
  `${'%2B '.repeat(40)}<x>`,
  `${'% '.repeat(95)}"x"`,
  `${'+ +%20'.repeat(30)}"ab"`,
])('a name that nobody has, and that is hard to look for, is looked for in no time: %s', (name) => {
  const said = JSON.stringify({ name, of: '+'.repeat(300), message: 'x '.repeat(300) })
  const nobody = { customerId: 'cus_1', learnerId: 'maria', email: `${'+'.repeat(60)}a@example.org`, name }
  expect(withoutRecipient(refused(`maria: ${said}`), nobody, {})).toMatchObject({
    reason: expect.stringMatching(/^\[name\]: \{/),
  })
})

test('what stands between words alone names nobody, and a plus sign is a space where forms are sent', () => {
  const plus = { customerId: 'cus_1', learnerId: '+++', email: 'a+b@example.org', name: ' + ' }
  expect(withoutRecipient(refused('no a b@example.org, a%2Bb@example.org + +++'), plus, {})).toEqual(
    refused('no [name], [name] + +++'),
  )
})

test('a name across the end of what is kept leaves no half, and what is put in its place makes nothing longer', () => {
  const before = 'a '.repeat(490)
  const said = withoutRecipient(refused(`${before}maria.schmidt@example.org is unknown`), maria, {})
  expect(said).toEqual(refused(`${before}[name] is unknown`.slice(0, 1000)))
  const abc = { customerId: 'cus_1', learnerId: 'abc', email: null, name: null }
  expect(withoutRecipient(refused('abc '.repeat(400)), abc, {})).toEqual(refused('[name] '.repeat(400).slice(0, 1000)))
  const nobody = { customerId: 'cus_1', learnerId: null, email: null, name: null }
  expect(withoutRecipient(refused('x'.repeat(3000)), nobody, {})).toEqual(refused('x'.repeat(1000)))
})

test('what no learner is known by stays, and so does an answer that says nothing', () => {
  const nobody = { customerId: 'cus_1', learnerId: null, email: null, name: ' ' }
  expect(withoutRecipient(refused('no such course'), nobody, {})).toEqual(refused('no such course'))
  expect(withoutRecipient({ outcome: 'pending' }, maria, {})).toEqual({ outcome: 'pending' })
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
      const answer = withoutRecipient(refused(said), { customerId: 'cus_1', learnerId, email: null, name }, {})
      const people = personalWords([{ id: 'cus_1', hostId: learnerId, email: null, name }])
      const body = { ...answer }
      expect(personalData.find({ collection: 'grants', id: 'grt_1', body, people })).toEqual([])
    }),
  )
})
