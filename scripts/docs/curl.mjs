// What the README needs of curl, for machines without it: headers by -H, a body by -d, and one address.
const [headers, rest] = [new Headers(), []]
let body
for (let at = 2; at < process.argv.length; at += 1) {
  const [argument = '', value = ''] = process.argv.slice(at, at + 2)
  if (argument === '-H') headers.append(value.slice(0, value.indexOf(':')), value.slice(value.indexOf(':') + 1).trim())
  else if (argument === '-d') body = value
  else if (argument !== '-sS') rest.push(argument)
  if (argument === '-H' || argument === '-d') at += 1
}
if (rest.length !== 1) throw new Error(`curl.mjs does not know ${rest.join(' ')}`)
const response = await fetch(rest[0], { method: body === undefined ? 'GET' : 'POST', headers, body })
process.stdout.write(await response.text())
