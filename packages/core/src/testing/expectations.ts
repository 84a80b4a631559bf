import { canonicalJson } from '../ids/index.ts'

/** Throws unless both values are the same JSON. `what` says what was looked at. */
export function expectSame(actual: unknown, expected: unknown, what: string): void {
  if (textOf(actual) === textOf(expected)) return
  throw new Error(`${what}: expected ${textOf(expected)}, found ${textOf(actual)}`)
}

/** Throws unless the condition holds. `what` says what should be. */
export function expectThat(condition: boolean, what: string): asserts condition {
  if (!condition) throw new Error(what)
}

/** The member of a union that has this outcome; throws on any other. */
export function expectOutcome<Answer extends { outcome: string }, Outcome extends Answer['outcome']>(
  answer: Answer,
  outcome: Outcome,
  what: string,
): Extract<Answer, { outcome: Outcome }> {
  if (answer.outcome !== outcome) expectSame(answer.outcome, outcome, `${what} (${textOf(answer)})`)
  // The comparison above is what the type says.
  return answer as Extract<Answer, { outcome: Outcome }>
}

function textOf(value: unknown): string {
  return value === undefined ? 'undefined' : canonicalJson(value)
}
