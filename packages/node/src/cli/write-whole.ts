/** Writes all of a text where less than that may be taken at once, as by a disk that is nearly full. @throws what `write` throws */
export function writeWhole(write: (bytes: Buffer) => number, text: string): void {
  let left = Buffer.from(text)
  while (left.length > 0) left = left.subarray(write(left))
}
