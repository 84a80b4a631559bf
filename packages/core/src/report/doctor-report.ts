/** One thing that should not be. */
export interface DoctorFinding {
  /** Which invariant: `I1`, `I4`, … of docs/invariants.md. */
  invariant: string
  /** The record that it was found at. */
  record: string
  /** What is wrong, with figures. */
  message: string
}

/** What the doctor saw. */
export interface DoctorReport {
  /** How many of each kind were looked at. */
  checked: { readonly [kind: string]: number }
  /** Empty when all is well. */
  findings: readonly DoctorFinding[]
}
