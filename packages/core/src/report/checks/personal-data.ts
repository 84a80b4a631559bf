import type { Json } from '../../json/index.ts'
import type { Check, Problem } from '../check.ts'

/** A record that must hold no personal data, and the people whose data it must not hold. */
export interface PersonalDataFacts {
  /** Its collection. */
  collection: string
  /** Its id. */
  id: string
  /** The record. */
  body: Json
  /** Whose these words are: customer ids by what {@link personalWords} made of them. */
  people: ReadonlyMap<string, { customerId: string; what: string }>
}

/** I17: what is kept for ever, or is not personal, holds no e-mail address, name or host's id of a customer. */
export const personalData: Check<PersonalDataFacts> = {
  name: 'no personal data outside of customers',
  invariant: 'I17',
  find: ({ collection, id, body, people }) => {
    const found = new Map<string, Problem>()
    for (const text of textsIn(body)) {
      for (const phrase of phrasesOf(text)) {
        const person = people.get(phrase)
        if (person === undefined) continue
        const message = `of ${collection} holds the ${person.what} of the customer ${person.customerId}`
        found.set(message, { record: id, message })
      }
    }
    return [...found.values()]
  },
}

/** Shorter ids and names are also ordinary words and numbers. */
const SHORTEST = 6
/** Names of more words are looked for by their first ones. */
const LONGEST_PHRASE = 5

/** By which words a person's data are looked for; none for what could be anybody's. */
export function personalWords(person: {
  email: string | null
  name: string | null
  hostId: string | null
}): { phrase: string; what: string }[] {
  const { email, name, hostId } = person
  return [
    ...(email === null ? [] : [{ phrase: normal(email), what: 'e-mail address' }]),
    ...(name === null ? [] : [{ phrase: normal(name), what: 'name' }]),
    ...(hostId === null ? [] : [{ phrase: normal(hostId), what: 'id at the host' }]),
  ].filter(({ phrase }) => phrase.length >= SHORTEST)
}

const wordsOf = (text: string): string[] =>
  text
    .toLowerCase()
    .split(/[\s"'<>,;:/|()[\]{}=&?]+/)
    .filter(Boolean)

const normal = (text: string): string => wordsOf(text).slice(0, LONGEST_PHRASE).join(' ')

/** Every run of one to five words. */
function* phrasesOf(text: string): Iterable<string> {
  const words = wordsOf(text)
  for (let first = 0; first < words.length; first += 1) {
    for (let count = 1; count <= LONGEST_PHRASE && first + count <= words.length; count += 1) {
      yield words.slice(first, first + count).join(' ')
    }
  }
}

function* textsIn(value: Json): Iterable<string> {
  if (typeof value === 'string') yield value
  else if (Array.isArray(value)) for (const item of value) yield* textsIn(item as Json)
  else if (typeof value === 'object' && value !== null) {
    for (const [name, member] of Object.entries(value)) {
      yield name
      yield* textsIn(member as Json)
    }
  }
}
