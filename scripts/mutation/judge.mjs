/** What is asked of each folder, and of each source that changed: percent of the mutants killed. */
export const WANTED = 90

/**
 * What a run says of one source. A mutant counts as killed when a test failed or never ended; it survived when none
 * noticed, or none ran it. Those that `explanations` tell of change nothing that a test could see.
 */
export const judgeSource = ({ source, mutants }, explanations) => {
  const killed = mutants.filter(isKilled)
  const survivors = survivorsOf({ source, mutants })
  const { open, needless } = explainEach(survivors, explanations)
  return {
    mutants: killed.length + survivors.length,
    killed: killed.length,
    explained: survivors.length - open.length,
    survived: open.map(say),
    needless,
  }
}

/**
 * The record of a source of which only what had survived was broken again, by new tests: what survives now, the rest as
 * it was.
 */
export const judgeAgain = (record, report, explanations) => {
  const before = new Set(record.survived)
  const reported = survivorsOf(report)
  const survivors = reported.filter((one) => before.has(say(one)))
  const { open } = explainEach(survivors, explanations)
  const explained = record.explained + survivors.length - open.length
  const { mutants } = record
  return { mutants, killed: mutants - explained - open.length, explained, survived: open.map(say), needless: [] }
}

/** A record with what was explained since it was written. */
export const explainRecord = (record, explanations) => {
  const isOpen = (text) => !explanations.some((one) => explains(one, parse(text)))
  const survived = record.survived.filter(isOpen)
  return { ...record, explained: record.explained + record.survived.length - survived.length, survived }
}

/** The lines of a source that hold what survived, as Stryker takes them: `12-14`. */
export const linesOf = ({ survived }) => [
  ...new Set(survived.map((text) => /^(\d+)(?:-(\d+))?: /.exec(text)).map(([, from, to = from]) => `${from}-${to}`)),
]

const isKilled = ({ status }) => status === 'Killed' || status === 'Timeout'

const survivorsOf = ({ source, mutants }) => {
  const lines = source.split('\n')
  return mutants
    .filter(({ status }) => status === 'Survived' || status === 'NoCoverage')
    .map(({ location: { start, end }, replacement }) => ({
      at: start.line === end.line ? `${start.line}` : `${start.line}-${end.line}`,
      code: lines[start.line - 1].trim(),
      mutant: replacement,
    }))
}

const explainEach = (survivors, explanations) => ({
  open: survivors.filter((survivor) => !explanations.some((one) => explains(one, survivor))),
  needless: explanations.filter((one) => !survivors.some((survivor) => explains(one, survivor))),
})

const say = ({ at, code, mutant }) => `${at}: ${code} → ${mutant}`

const parse = (text) => {
  const [, code, mutant] = /^[\d-]+: (.*?) → (.*)$/s.exec(text) ?? []
  return { code, mutant }
}

/** An explanation is of one line of code, and of the mutants that it names, or of all of that line. */
const explains = ({ code, mutants }, survivor) =>
  code === survivor.code && (mutants === undefined || mutants.includes(survivor.mutant))

/** Percent of the mutants that were killed. */
export const scoreOf = ({ mutants, killed }) => (mutants === 0 ? 100 : (100 * killed) / mutants)

/** The same, of the mutants that a test could notice. */
export const scoreOfOpen = ({ mutants, killed, explained }) => scoreOf({ mutants: mutants - explained, killed })

/** Sums of records. */
export const sumOf = (records) =>
  records.reduce(
    (sum, { mutants, killed, explained, survived }) => ({
      mutants: sum.mutants + mutants,
      killed: sum.killed + killed,
      explained: sum.explained + explained,
      survived: sum.survived + survived.length,
    }),
    { mutants: 0, killed: 0, explained: 0, survived: 0 },
  )

export const sayPercent = (score) => `${(Math.floor(score * 10) / 10).toFixed(1)} %`
