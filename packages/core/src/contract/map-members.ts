/** An object with the same names and other values. */
export function mapMembers<Value, Made>(
  members: { readonly [name: string]: Value },
  make: (value: Value, name: string) => Made,
): Record<string, Made> {
  return Object.fromEntries(Object.entries(members).map(([name, value]) => [name, make(value, name)]))
}
