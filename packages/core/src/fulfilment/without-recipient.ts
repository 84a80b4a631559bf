import type { DeliveryRecipient } from '../ports/index.ts'
import type { GateAnswer } from './provider-gate.ts'

/**
 * An answer in whose reason nobody is named: providers repeat the address that was asked, or who is not known there, and what is
 * kept of it, with the grant and its job and in the log, holds no personal data.
 */
export function withoutRecipient(answer: GateAnswer, { learnerId, email, name }: DeliveryRecipient): GateAnswer {
  if (!('reason' in answer)) return answer
  const forms = [learnerId, email, name].flatMap((text) =>
    text === null || text.trim() === '' ? [] : [text, encodeURIComponent(text.toWellFormed())],
  )
  if (forms.length === 0) return answer
  // Of an address, no part goes before the whole.
  const words = forms.sort((one, other) => other.length - one.length).map(escaped)
  const asWords = new RegExp(`${NOT_WITHIN.before}(?:${words.join('|')})${NOT_WITHIN.after}`, 'giu')
  return { ...answer, reason: answer.reason.replace(asWords, NAME) }
}

/** So short that the doctor takes it for nobody's (I17), as it would take somebody called `learner`. */
const NAME = '[name]'

/** Where a word that begins or ends with a letter or a digit is not part of a longer one. */
const NOT_WITHIN = {
  before: '(?<![\\p{L}\\p{N}](?=[\\p{L}\\p{N}]))',
  after: '(?!(?<=[\\p{L}\\p{N}])[\\p{L}\\p{N}])',
}

const escaped = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&')
