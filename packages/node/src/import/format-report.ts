import type { ImportRefusal, ImportReport } from './import-report.ts'
import { visible } from './visible.ts'

/** How a report is shown. */
export interface FormatReportOptions {
  /** Refusals shown; the rest are counted. @default 50 */
  limit?: number | undefined
}

const FORMATS = { csv: 'CSV', json: 'JSON', 'json-lines': 'JSON lines' } as const
const DELIMITER_NAMES: { readonly [delimiter: string]: string } = {
  ',': 'commas',
  ';': 'semicolons',
  '\t': 'tabs',
  '|': 'bars',
}

/** A report for a terminal, without colours. What came out of the file cannot move the cursor or hide a line. */
export function formatReport(report: ImportReport, { limit = 50 }: FormatReportOptions = {}): string {
  const hidden = report.refusals.length - limit + report.refusalsLeftOut
  return [
    headline(report),
    ...report.unusedColumns.map(({ column, reason }) => `Not used: the column ${quoted(column)}, ${reason}.`),
    ...Object.entries(report.assumed).map(([field, value]) => `Taken from the columns’ names: ${field} is ${value}.`),
    countLine(report),
    ...report.refusals.slice(0, limit).map(formatRefusal),
    ...(hidden > 0 ? [`  … and ${number(hidden)} more.`] : []),
    '',
  ].join('\n')
}

function headline({ file, format, encoding, delimiter }: ImportReport): string {
  const separated = delimiter === null ? '' : `, separated by ${DELIMITER_NAMES[delimiter] ?? quoted(delimiter)}`
  return `${visible(file)}: ${FORMATS[format]} in ${encoding}${separated}.`
}

function countLine({ rowsRead, accepted, repeated, refused }: ImportReport): string {
  const rows = `${number(rowsRead)} ${rowsRead === 1 ? 'row' : 'rows'} read`
  const repeats = repeated === 0 ? '' : `, ${number(repeated)} repeated`
  return `${rows}: ${number(accepted)} accepted${repeats}, ${number(refused)} refused.`
}

/** One refusal as a report has it. */
export function formatRefusal({ line, column, value, reason }: ImportRefusal): string {
  const where = column === null ? `line ${line}` : `line ${line}, ${visible(column)}`
  return `  ${where}${value === '' ? '' : ` ${quoted(value)}`}: ${visible(reason)}`
}

function number(value: number): string {
  return value.toLocaleString('en-US')
}

function quoted(text: string): string {
  return `"${visible(text)}"`
}
