/** `broken`: a rule of the books does not hold. `case`: all is as it should be, but a person has to decide something. */
export type DoctorSeverity = 'broken' | 'case'

/** One thing that should not be, or that waits for a person. */
export interface DoctorFinding {
  /** Which invariant: `I1`, `I4`, … of docs/invariants.md. */
  invariant: string
  /** Name of the check that found it; `checked` counts by it. */
  check: string
  /** Is a rule broken, or is a person asked to decide? */
  severity: DoctorSeverity
  /** The record that it was found at. */
  record: string
  /** What is wrong, with figures; never a value that is personal. */
  message: string
}

/** What the doctor saw. */
export interface DoctorReport {
  /** How many records each check looked at. A check that was left out is named with `(left out)`. */
  checked: { readonly [check: string]: number }
  /** Empty when all is well. */
  findings: readonly DoctorFinding[]
}
