import { type Json, storableReason } from '../json/index.ts'
import type { DeliveryRecipient } from '../ports/index.ts'
import type { GateAnswer } from './provider-gate.ts'

/**
 * An answer in whose reason nobody is named: providers repeat the address that was asked, or who is not known there, and what is
 * kept of it, with the grant and its job and in the log, holds no personal data. Its code and the texts of the target stay,
 * whatever the recipient is called. It is cut last: of a name across the end the half would stay.
 */
export function withoutRecipient(answer: GateAnswer, recipient: DeliveryRecipient, target: Json): GateAnswer {
  return 'reason' in answer
    ? { ...answer, reason: storableReason(withoutNames(answer.reason, namesOf(recipient), target)) }
    : answer
}

function withoutNames(reason: string, names: readonly string[], target: Json): string {
  if (names.length === 0) return reason
  const code = `^(?!${anyOf(names)}(?:$|:))[a-z]+(?:_[a-z]+)+(?=$|:)`
  const targets = textsOf(target)
  const words = `${NOT_WITHIN.before}${anyOf([...names, ...targets])}${NOT_WITHIN.after}`
  const isTarget = new RegExp(`^${anyOf(targets)}$`, 'iu')
  const kept = new RegExp(code, 'u').exec(reason)?.[0] ?? ''
  const rest = reason.slice(kept.length)
  return kept + rest.replace(new RegExp(words, 'giu'), (word) => (isTarget.test(word) ? word : NAME))
}

/** Shorter ones are also the articles and numbers of every sentence. */
const SHORTEST = 3

/** So short that the doctor takes it for nobody's (I17), as it would take somebody called `learner`. */
const NAME = '[name]'

/** Where a word that begins or ends with a letter or a digit is not part of a longer one, nor of a percent-escape. */
const NOT_WITHIN = {
  before: '(?<!(?<!%(?:25)*[0-9a-f])[\\p{L}\\p{N}](?=[\\p{L}\\p{N}]))',
  after: '(?!(?<=[\\p{L}\\p{N}])[\\p{L}\\p{N}])',
}

function namesOf({ learnerId, email, name }: DeliveryRecipient): string[] {
  return [learnerId, email, name].flatMap((text) => {
    const word = text?.trim() ?? ''
    return [...word.replace(BETWEENS, '')].length < SHORTEST ? [] : [word]
  })
}

/** Every text of a target, at any depth. */
function textsOf(target: Json | undefined): string[] {
  if (typeof target === 'string') return target.trim() === '' ? [] : [target.trim()]
  return typeof target === 'object' && target !== null ? Object.values(target).flatMap((member) => textsOf(member)) : []
}

/** A pattern for any of these texts, the longest first: of an address, no part goes before the whole. */
function anyOf(texts: readonly string[]): string {
  const longestFirst = texts.toSorted((one, other) => other.length - one.length)
  return `(?:${longestFirst.map(encodedOrNot).join('|')})`
}

/**
 * A pattern for a text as it is and as URLs have it, encoded once or more often. No text fits two of its parts in a row: else a
 * name of many plus signs and spaces, which anybody may have, would be tried in every way there is.
 */
function encodedOrNot(text: string): string {
  return (text.match(PARTS) ?? []).map((part) => (ARE_BETWEEN.test(part) ? BETWEEN : characterOf(part))).join('')
}

/** Between words, as forms and addresses have them: spaces and plus signs, which stand for each other. */
const BETWEEN = '(?:\\s|\\+|%(?:25)*2[0b])+'
const ARE_BETWEEN = new RegExp(`^${BETWEEN}$`, 'iu')
const BETWEENS = new RegExp(BETWEEN, 'giu')
const PARTS = new RegExp(`${BETWEEN}|[^]`, 'giu')

function characterOf(one: string): string {
  const encoded = encodeURIComponent(one.toWellFormed())
  const plain = one.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&')
  return encoded === one ? plain : `(?:${plain}|${encoded.replaceAll('%', '%(?:25)*')})`
}
