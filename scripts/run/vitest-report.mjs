import { existsSync, readFileSync } from 'node:fs'

/**
 * Reads vitest's JSON report into an outcome. A run without tests fails, and so does one in which a test was skipped:
 * what did not run has shown nothing.
 */
export const judgeVitestReport = (outcome, file) => {
  if (!existsSync(file)) return { ...outcome, ok: false, output: `${outcome.output}\nvitest wrote no report.` }
  const report = JSON.parse(readFileSync(file, 'utf8'))
  const passed = report.numPassedTests
  const failed = report.numFailedTests
  const skipped = report.numPendingTests + report.numTodoTests
  const complaints = []
  if (passed + failed === 0) complaints.push('No test ran.')
  if (skipped > 0) complaints.push(`${skipped} tests were skipped.`)
  const isOk = outcome.ok && failed === 0 && complaints.length === 0
  return { ...outcome, ok: isOk, passed, failed, output: [outcome.output, ...complaints].join('\n') }
}
