/** How far the reading of a file is. */
export interface ImportProgress {
  /** Bytes read. */
  readonly bytesRead: number
  /** Bytes of the file. */
  readonly totalBytes: number
  /** Rows read. */
  readonly rows: number
}

/** Shows progress on a terminal, or in a few plain lines in a log. */
export interface ProgressBar {
  /** To be called as often as one likes. */
  update(progress: ImportProgress): void
  /** Takes the bar away; plain lines stay. */
  finish(): void
}

/** Where a progress bar is drawn: `process.stderr`, or what a test has instead. */
export interface ProgressStream {
  /** Is it a terminal? */
  isTTY?: boolean | undefined
  /** Columns of the terminal. @default 80 */
  columns?: number | undefined
  /** Writes a text. */
  write(text: string): unknown
}

const BAR_WIDTH = 24
const CLEAR_LINE = '\r\u001b[K'

/** A progress bar. On a terminal it redraws one line when a percent is added; elsewhere it writes a line per quarter. */
export function createProgressBar(stream: ProgressStream, label: string): ProgressBar {
  const isTerminal = stream.isTTY === true
  const steps = isTerminal ? 100 : 4
  let shown = 0
  return {
    update(progress) {
      const share = progress.totalBytes === 0 ? 1 : Math.min(1, progress.bytesRead / progress.totalBytes)
      const step = Math.floor(share * steps)
      if (step <= shown) return
      shown = step
      stream.write(isTerminal ? drawn(label, share, progress.rows, stream.columns) : plain(label, share, progress.rows))
    },
    finish() {
      if (isTerminal && shown > 0) stream.write(CLEAR_LINE)
    },
  }
}

function drawn(label: string, share: number, rows: number, columns = 80): string {
  const filled = Math.round(share * BAR_WIDTH)
  const bar = '█'.repeat(filled) + '░'.repeat(BAR_WIDTH - filled)
  // A line that wraps could not be taken back.
  return CLEAR_LINE + `${bar} ${describe(label, share, rows)}`.slice(0, columns - 1)
}

function plain(label: string, share: number, rows: number): string {
  return `${describe(label, share, rows)}\n`
}

function describe(label: string, share: number, rows: number): string {
  return `${label}: ${Math.floor(share * 100)} %, ${rows.toLocaleString('en-US')} rows`
}
