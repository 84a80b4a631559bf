// `npm run mutate [-- folder or file ...]`: breaks the rules of money in small ways, one at a time, counts what the tests
// notice, and keeps the scores in packages/core/mutation/scores.json. `--changed` takes only the sources whose code is not
// what the scores were reckoned for, `--survivors` of those whose code is still the same only what survived, for new tests may
// kill it. `--check`, which `npm test` runs, takes these too, with few runs of each property and
// within some minutes, and writes nothing.
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import {
  explainRecord,
  judgeAgain,
  judgeSource,
  linesOf,
  sayPercent,
  scoreOf,
  scoreOfOpen,
  sumOf,
  WANTED,
} from './mutation/judge.mjs'
import { runStryker } from './mutation/run-stryker.mjs'
import { core, FOLDERS, fingerprint, folderOf, listSources, testsOf } from './mutation/sources.mjs'
import { ensureInstalled } from './run/install.mjs'

const SCORES = join(core, 'mutation', 'scores.json')
const EXPLAINED = join(core, 'mutation', 'explained.json')
/** So many share what it costs to start, and are lost together when the run is ended. */
const AT_ONCE = 8
/** Of the check in `npm test`, whose other checks run at the same time; without a bound with `--large`. */
const CHECK_MINUTES = 5

const given = process.argv.slice(2)
const isCheck = given.includes('--check')
const onlyChanged = isCheck || given.includes('--changed')
const onlySurvivors = given.includes('--survivors')
const named = given.filter((one) => !one.startsWith('--'))
const isLarge = process.env.BURSAR_LARGE === '1'
const runs = Number(process.env.BURSAR_RUNS ?? (isCheck && !isLarge ? 10 : 20))

const explained = JSON.parse(readFileSync(EXPLAINED, 'utf8'))
const sources = listSources()
/** Those of sources that are there, with what is explained by now. */
const readScores = () =>
  Object.fromEntries(
    Object.entries(JSON.parse(readFileSync(SCORES, 'utf8')))
      .filter(([source]) => sources.includes(source))
      .map(([source, record]) => [source, explainRecord(record, explained[source] ?? [])]),
  )
const scores = readScores()
/** What this run has reckoned. */
const judged = {}

const isNamed = (source) =>
  named.length === 0 || named.some((one) => `${source}/`.includes(`/${one.replace(/\/$/, '')}/`))
const isChanged = (source) => scores[source]?.code !== fingerprint(source)
const isWanted = (source) => {
  if (onlySurvivors) return !isChanged(source) && scores[source].survived.length > 0
  return !onlyChanged || isChanged(source)
}
const taken = sources.filter((source) => isNamed(source) && isWanted(source))

/** Lists of sources with the same tests. */
const groups = () => {
  const size = isCheck ? 1 : AT_ONCE
  const withTests = (tests) => taken.filter((source) => testsOf(source).join() === tests)
  return [...new Set(taken.map((source) => testsOf(source).join()))]
    .map(withTests)
    .flatMap((list) =>
      Array.from({ length: Math.ceil(list.length / size) }, (_, at) => list.slice(at * size, (at + 1) * size)),
    )
}

const breakThem = async () => {
  const end = isCheck && !isLarge ? Date.now() + CHECK_MINUTES * 60_000 : Date.now() + 24 * 3_600_000
  const notReached = []
  for (const group of groups()) {
    const left = end - Date.now()
    const tests = testsOf(group[0])
    // Before the run, during which somebody may write.
    const codes = new Map(group.map((source) => [source, fingerprint(source)]))
    const mutate = onlySurvivors
      ? group.flatMap((source) => linesOf(scores[source]).map((lines) => `${source}:${lines}`))
      : group
    const report = left > 0 ? await runStryker({ mutate, tests, runs, milliseconds: left }) : null
    if (report === null) notReached.push(...group)
    else for (const source of group) take(source, codes.get(source), report[source])
    if (!isCheck) writeScores()
  }
  return notReached
}

const take = (source, code, reported = { source: '', mutants: [] }) => {
  const known = explained[source] ?? []
  const { needless, ...record } = onlySurvivors
    ? judgeAgain(scores[source], reported, known)
    : judgeSource(reported, known)
  scores[source] = judged[source] = { code, ...record }
  console.log(`${source}: ${record.killed} of ${record.mutants} killed, ${record.explained} explained`)
  for (const { location, replacement } of reported.mutants.filter(({ status }) => status === 'Timeout')) {
    console.log(`  killed by the clock  ${location.start.line}: ${replacement}`)
  }
  for (const survivor of record.survived) console.log(`  survived  ${survivor}`)
  for (const { code } of needless) console.log(`  explained, but no mutant survives there: ${code}`)
}

/** Others may have recorded other sources since this run began. */
const writeScores = () => {
  const sorted = Object.fromEntries(
    Object.entries({ ...readScores(), ...judged }).sort(([left], [right]) => (left < right ? -1 : 1)),
  )
  writeFileSync(SCORES, `${JSON.stringify(sorted, null, 2)}\n`)
}

const complaints = (notReached) => {
  const reached = taken.filter((source) => !notReached.includes(source))
  const weak = reached.filter((source) => scoreOfOpen(scores[source]) < WANTED)
  return [
    ...weak.map((source) => `${source}: ${sayPercent(scoreOfOpen(scores[source]))} of what a test could notice.`),
    ...FOLDERS.flatMap((folder) => complainOf(folder)),
  ]
}

const complainOf = (folder) => {
  const score = scoreOf(sumOfFolder(folder))
  return score < WANTED ? [`${folder}: ${sayPercent(score)} of its mutants are killed.`] : []
}

const sumOfFolder = (folder) =>
  sumOf(Object.entries(scores).flatMap(([source, record]) => (folderOf(source) === folder ? [record] : [])))

const tell = (notReached) => {
  for (const folder of FOLDERS) {
    const { mutants, killed, explained: known, survived } = sumOfFolder(folder)
    const score = mutants === 0 ? '–' : sayPercent(scoreOf({ mutants, killed }))
    const counts = `${mutants} mutants, ${killed} killed, ${known} explained, ${survived} survived`
    console.log(`${folder.padEnd(10)} ${score.padStart(7)}  ${counts}`)
  }
  for (const source of notReached) {
    console.log(`${source} changed and was not reached: \`npm run mutate -- --changed\` records its score.`)
  }
}

ensureInstalled(console.log)
const notReached = await breakThem()
tell(notReached)
for (const complaint of complaints(notReached)) {
  console.error(`At least ${WANTED} % is wanted. ${complaint}`)
  process.exitCode = 1
}
