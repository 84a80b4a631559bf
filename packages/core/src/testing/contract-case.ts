/** One guarantee of a port, checked. Needs no test runner: a promise that is rejected is a guarantee broken. */
export interface ContractCase<Bench, Need extends string> {
  /** The guarantee, as a sentence; unique in its contract. */
  readonly name: string
  /** What a bench must offer for the case to run. */
  readonly needs: readonly Need[]
  /** Checks it. Each run needs a fresh bench. */
  run(bench: Bench): Promise<void>
}

/** A case that an adapter cannot be asked, and why. */
export interface LeftOutCase<Need extends string> {
  /** Name of the case. */
  readonly name: string
  /** What the bench does not offer. */
  readonly missing: readonly Need[]
}

/** The cases that can be asked of an adapter, and those that cannot, to be printed. */
export function chooseCases<Bench, Need extends string>(
  cases: readonly ContractCase<Bench, Need>[],
  abilities: ReadonlySet<Need>,
): { run: ContractCase<Bench, Need>[]; leftOut: LeftOutCase<Need>[] } {
  const missingOf = ({ needs }: ContractCase<Bench, Need>) => needs.filter((need) => !abilities.has(need))
  return {
    run: cases.filter((one) => missingOf(one).length === 0),
    leftOut: cases
      .map((one) => ({ name: one.name, missing: missingOf(one) }))
      .filter(({ missing }) => missing.length > 0),
  }
}
