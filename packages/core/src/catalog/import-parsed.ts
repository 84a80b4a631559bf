/** What reading a text came to: a value, or why not, as a sentence for the file's author. */
export type Parsed<Value> =
  | { readonly ok: true; readonly value: Value }
  | {
      readonly ok: false
      /** A sentence without the text itself: reports show it beside. */
      readonly reason: string
    }

/** A value that could be read. */
export function parsed<Value>(value: Value): Parsed<Value> {
  return { ok: true, value }
}

/** A text that could not, and why. */
export function unreadable(reason: string): { readonly ok: false; readonly reason: string } {
  return { ok: false, reason }
}
