/** The two of half width are no marks, but are normalised to some. */
const tooMany = /([\p{M}\uff9e\uff9f]{30})[\p{M}\uff9e\uff9f]+/gu

/**
 * A text of which no more than 30 marks stand in a row, the bound of the Stream-Safe Text Format: no language has as many,
 * and V8 sorts those of a longer row one by one where it normalises, which takes seconds.
 *
 * @see https://www.unicode.org/reports/tr15/#Stream_Safe_Text_Format
 */
export function shortenMarks(text: string): string {
  return text.replace(tooMany, '$1')
}
