import type { Customer } from '../../customer/index.ts'
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
  /** Whose these words are. */
  people: PersonalWords
}

/** What people are known by: by its first word, then by all its words, whose it is and what of them. */
export type PersonalWords = ReadonlyMap<string, ReadonlyMap<string, Owner>>

interface Owner {
  readonly customerId: string
  readonly what: string
}

/** I17: what is kept for ever, or is not personal, holds no e-mail address, name or host's id of a customer. */
export const personalData: Check<PersonalDataFacts> = {
  name: 'no personal data outside of customers',
  invariant: 'I17',
  find: ({ collection, id, body, people }) => {
    const found = new Map<string, Problem>()
    eachText(body, (text) => {
      for (const { customerId, what } of peopleIn(text, people)) {
        const message = `of ${collection} holds the ${what} of the customer ${customerId}`
        found.set(message, { record: id, message })
      }
    })
    return [...found.values()]
  },
}

/** Shorter ids and names are also ordinary words and numbers. */
const SHORTEST = 6
/** Names of more words are looked for by their first ones. */
const LONGEST_PHRASE = 5

/** By which words people's data are looked for; none for what could be anybody's. */
export function personalWords(people: readonly Pick<Customer, 'id' | 'email' | 'name' | 'hostId'>[]): PersonalWords {
  const words = new Map<string, Map<string, Owner>>()
  for (const { id, email, name, hostId } of people) {
    for (const [text, what] of [
      [email, 'e-mail address'],
      [name, 'name'],
      [hostId, 'id at the host'],
    ] as const) {
      const [first, ...rest] = text === null ? [] : wordsOf(text).slice(0, LONGEST_PHRASE)
      if (first === undefined) continue
      const phrase = [first, ...rest].join(' ')
      if (phrase.length < SHORTEST) continue
      const known = words.get(first) ?? new Map<string, Owner>()
      words.set(first, known.set(phrase, { customerId: id, what }))
    }
  }
  return words
}

const wordsOf = (text: string): string[] =>
  text
    .toLowerCase()
    .split(/[\s"'<>,;:/|()[\]{}=&?]+/)
    .filter(Boolean)

/** Whose data are a run of words of the text. */
function peopleIn(text: string, people: PersonalWords): Owner[] {
  const words = wordsOf(text)
  const found: Owner[] = []
  for (let first = 0; first < words.length; first += 1) {
    const known = people.get(words[first] ?? '')
    if (known === undefined) continue
    for (let count = 1; count <= LONGEST_PHRASE && first + count <= words.length; count += 1) {
      const person = known.get(words.slice(first, first + count).join(' '))
      if (person !== undefined) found.push(person)
    }
  }
  return found
}

/** Tells every text of a record, names of members among them. */
function eachText(value: Json, tell: (text: string) => void): void {
  if (typeof value === 'string') tell(value)
  else if (Array.isArray(value)) for (const item of value) eachText(item as Json, tell)
  else if (typeof value === 'object' && value !== null) {
    for (const [name, member] of Object.entries(value)) {
      tell(name)
      eachText(member as Json, tell)
    }
  }
}
