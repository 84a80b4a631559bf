import type { Commerce, OperationOutput, Principal } from '@bursar/core'

/** So many codes are read at once. */
const PAGE = 1000

/**
 * The codes of a batch as CSV (RFC 4180), a piece of the file at a time, so that no more than a thousand codes stand in
 * memory. No field needs quotes: codes are letters, digits and hyphens.
 *
 * @throws BursarError `not_found`, `forbidden` and what else the operation answers with, before the first piece
 */
export async function* codesCsv(commerce: Commerce, principal: Principal, id: string): AsyncGenerator<string, void> {
  let cursor: string | undefined
  let head = 'code,used,status\r\n'
  do {
    const input = { id, limit: PAGE, ...(cursor === undefined ? {} : { cursor }) }
    const page = (await commerce.invoke(
      'admin.codeBatches.codes',
      principal,
      input,
    )) as OperationOutput<'admin.codeBatches.codes'> // by its name, `invoke` answers what the operation does
    yield head + page.items.map(({ code, used, status }) => `${code},${used},${status}\r\n`).join('')
    head = ''
    cursor = page.nextCursor ?? undefined
  } while (cursor !== undefined)
}
