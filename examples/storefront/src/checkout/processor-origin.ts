/**
 * Where the test processor serves its card field: at this machine's other name, so that the browser keeps its frame apart
 * from the page, as it does with a real processor's. A shop under any other name has it at its own.
 */
export function processorOrigin({ protocol, hostname, port, origin }: Location): string {
  const others: Readonly<Record<string, string>> = { '127.0.0.1': 'localhost', localhost: '127.0.0.1' }
  const other = Object.hasOwn(others, hostname) ? others[hostname] : undefined
  return other === undefined ? origin : `${protocol}//${other}:${port}`
}
