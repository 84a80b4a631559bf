import type * as z from 'zod'
import { BursarError, type InputIssue } from '../errors/index.ts'
import { findCardNumber } from './find-card-number.ts'
import { breaksBounds, joinPath, labelOf } from './input-bounds.ts'

/** At most so many issues are told: a request with ten thousand unknown members is answered with a page, not a book. */
const MAXIMUM_ISSUES = 20

/**
 * The input as its schema has it. The one door of every operation, in process and over HTTP alike.
 *
 * @throws BursarError `invalid_input` with its issues; `card_number_refused` with the path of the field. Neither echoes
 * a value.
 */
export function parseInput<T>(schema: z.ZodType<T>, value: unknown): T {
  const broken = breaksBounds(value)
  if (broken !== null) throw invalidInput([broken])
  refuseCardNumber(value)
  const result = schema.safeParse(value, { error: sentenceOf })
  if (result.success) return result.data
  throw invalidInput(result.error.issues.flatMap(toInputIssues))
}

/** An `invalid_input` that says what is wrong. */
export function invalidInput(issues: readonly InputIssue[]): BursarError<'invalid_input'> {
  // Two checks of one field say the same sentence.
  const told = new Map(issues.map((issue) => [`${issue.path} ${issue.message}`, issue]))
  return new BursarError('invalid_input', { issues: [...told.values()].slice(0, MAXIMUM_ISSUES) })
}

/** For what no operation parses. @throws BursarError `card_number_refused` with the path of the field */
export function refuseCardNumber(value: unknown): void {
  const path = findCardNumber(value)
  if (path === null) return
  const message = `${labelOf(path)} holds what looks like a card number: give card data to the processor’s own fields only.`
  throw new BursarError('card_number_refused', { issues: [{ path, message }] })
}

/** For what no field's own sentence covers. */
function sentenceOf(issue: { code?: string | undefined; input?: unknown; expected?: unknown }): string {
  if (issue.input === undefined) return 'is missing'
  if (issue.code === 'invalid_type' && issue.expected === 'object') return 'must be an object'
  return 'is not valid'
}

function toInputIssues(issue: z.core.$ZodIssue): InputIssue[] {
  const ofFirst = issue.code === 'invalid_union' ? (issue.errors[0] ?? []) : []
  // A union with an open arm: what is wrong with those that are known, which stand first.
  if (ofFirst.length > 0) return ofFirst.flatMap((one) => toInputIssues({ ...one, path: [...issue.path, ...one.path] }))
  const path = issue.path.reduce<string>(joinPath, '')
  if (issue.code === 'unrecognized_keys') return issue.keys.map((key) => unknownMember(joinPath(path, key)))
  if (issue.code === 'invalid_key')
    return [{ path, message: `${labelOf(path)} has a name of no or over 200 characters.` }]
  return [{ path, message: `${labelOf(path)} ${issue.message}.` }]
}

function unknownMember(path: string): InputIssue {
  return { path: labelOf(path), message: `${labelOf(path)} is not known here: leave it out.` }
}
