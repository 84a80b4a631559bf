const DELIMITERS = [',', ';', '\t', '|'] as const

/**
 * The delimiter of a CSV file by its header: the candidate that stands in it most often outside quotes. A header of
 * one column counts as separated by commas.
 *
 * @param sample the beginning of the file, with the whole header.
 */
export function detectDelimiter(sample: string): string {
  const header = headerOf(sample)
  const counts = DELIMITERS.map((delimiter) => ({ delimiter, count: header.split(delimiter).length - 1 }))
  const best = counts.reduce((left, right) => (right.count > left.count ? right : left))
  return best.count === 0 ? ',' : best.delimiter
}

/** The first record that is not blank, with all that is quoted taken out. */
function headerOf(sample: string): string {
  const unquoted = sample.trimStart().replaceAll(/"(?:[^"]|"")*"/g, '')
  return unquoted.split(/\r|\n/, 1)[0] ?? ''
}
