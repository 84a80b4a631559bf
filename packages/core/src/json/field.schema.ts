import * as z from 'zod'
import type { SchemaOf } from './checked.schema.ts'

/** What a schema says of a value that it refuses. */
type Complaint = (issue: { readonly input?: unknown }) => string

/** An absent member is told apart from a wrong one. */
const complain =
  (what: string): Complaint =>
  (issue) =>
    issue.input === undefined ? 'is missing' : what

const count = (value: number): string => value.toLocaleString('en-US')

/** A text of so many UTF-16 code units, both ends included. */
export const text = (minimum: number, maximum: number): SchemaOf<string> => {
  const error = complain(
    minimum === 0
      ? `must be a text of at most ${count(maximum)} characters`
      : `must be a text of ${count(minimum)} to ${count(maximum)} characters`,
  )
  return z.string({ error }).min(minimum, { error }).max(maximum, { error })
}

/** A text of a form; `what` completes the sentence "… must be". */
export const formed = (form: RegExp, what: string, length: { minimum?: number; maximum: number }): SchemaOf<string> => {
  const error = complain(`must be ${what}`)
  return z
    .string({ error })
    .min(length.minimum ?? 1, { error })
    .max(length.maximum, { error })
    .regex(form, { error })
}

/** A whole number, both ends included. */
export const whole = (minimum: number, maximum: number): SchemaOf<number> => {
  const error = complain(
    maximum === Number.MAX_SAFE_INTEGER
      ? minimum === Number.MIN_SAFE_INTEGER
        ? 'must be a whole number'
        : `must be a whole number, ${count(minimum)} or more`
      : `must be a whole number from ${count(minimum)} to ${count(maximum)}`,
  )
  return z.int({ error }).min(minimum, { error }).max(maximum, { error })
}

/** Yes or no. */
export const flag: SchemaOf<boolean> = z.boolean({ error: complain('must be true or false') })

/** One of a few words. */
export const choice = <const V extends readonly [string, ...string[]]>(...values: V): SchemaOf<V[number]> =>
  z.enum(values, { error: complain(`must be one of ${values.join(', ')}`) }) as unknown as SchemaOf<V[number]> // z.enum keeps the tuple, callers need the union

/** Exactly this word: the `type` of a union's arm. */
export const tag = <const V extends string>(value: V): SchemaOf<V> =>
  z.literal(value, { error: complain(`must be ${value}`) })

/** A list that nobody changes. */
export const list = <T>(item: z.ZodType<T>, maximum: number, minimum = 0): SchemaOf<readonly T[]> => {
  const error = complain(
    minimum === 0
      ? `must be a list of at most ${count(maximum)}`
      : `must be a list of ${count(minimum)} to ${count(maximum)}`,
  )
  const schema = z.array(item, { error }).max(maximum, { error })
  // `.readonly()` would freeze while parsing and write `readOnly` into the documents, which says something else there.
  return (minimum === 0 ? schema : schema.min(minimum, { error })) as unknown as SchemaOf<readonly T[]>
}

/** An answer's list: its length is the server's affair. */
export const items = <T>(item: z.ZodType<T>): SchemaOf<readonly T[]> =>
  z.array(item, { error: complain('must be a list') }) as unknown as SchemaOf<readonly T[]> // see list

/** Values by a name of 1 to 200 characters. */
export const dictionary = <T>(value: z.ZodType<T>): SchemaOf<{ readonly [name: string]: T }> =>
  z.record(text(1, 200), value, { error: complain('must be an object') }) as unknown as SchemaOf<{
    readonly [name: string]: T
  }> // zod's record is not readonly
