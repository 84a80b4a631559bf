import fc from 'fast-check'
import { expect, test } from 'vitest'
import { personalData, personalWords } from './personal-data.ts'

const word = fc.constantFrom('Ada', 'ada', 'Lovelace', 'King', 'de', 'Byron-Noel', 'ada@host.example', '12')
const gap = fc.constantFrom(' ', ', ', '  ', '/', '"')
const text = fc
  .array(fc.tuple(word, gap), { maxLength: 8 })
  .map((parts) => parts.map(([own, after]) => own + after).join(''))
const person = fc.record({
  email: fc.option(word),
  name: fc.option(text),
  hostId: fc.option(word),
})

const plain = (value: string) =>
  value
    .toLowerCase()
    .split(/[\s,/"]+/)
    .filter((part) => part !== '')

/** As I17 says it: the words of what a person is known by, up to five, stand in the text one after the other. */
function isIn(known: string | null, value: string): boolean {
  const looked = plain(known ?? '').slice(0, 5)
  const words = plain(value)
  if (looked.join(' ').length < 6) return false
  return words.some((_word, at) => looked.every((part, index) => words[at + index] === part))
}

test('a person is found wherever their words stand, and nowhere else', () => {
  fc.assert(
    fc.property(person, text, text, ({ email, name, hostId }, member, value) => {
      const people = personalWords([{ id: 'cus_1', email, name, hostId }])
      const body = { [member]: [{ value }] }
      const found = personalData.find({ collection: 'orders', id: 'ord_1', body, people })
      const isExpected = [email, name, hostId].some((known) => isIn(known, member) || isIn(known, value))
      expect(found.length > 0).toBe(isExpected)
    }),
    { numRuns: 1000 },
  )
})
