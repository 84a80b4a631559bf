import * as z from 'zod'

/** A schema that takes and gives the same type: nothing is converted at the door. */
export type SchemaOf<T> = z.ZodType<T, T>

/** One schema per member of an interface. */
export type Shape<T> = { [K in keyof T]-?: z.ZodType<T[K]> }

type Field<T, K extends keyof T, S> = [T[K]] extends [z.output<S>]
  ? // biome-ignore lint/complexity/noBannedTypes: `{}` is what an object with only optional members accepts
    {} extends Pick<T, K>
    ? undefined extends z.input<S>
      ? unknown
      : 'must be optional'
    : unknown
  : 'is narrower than the interface'

/** The other direction: nothing missing, extra, mistyped, narrower, wider, or required where the interface is not. */
export type Exact<T, S> = S & { [K in keyof S]: K extends keyof T ? Field<T, K, S[K]> : 'is no field of the interface' }

/** Makes an object's schema for an interface; {@link input} and {@link part} are two. */
export type ObjectMaker = <T>() => <S extends Shape<T>>(shape: Exact<T, S>) => SchemaOf<T>

/** An object of a request, checked against its interface both ways. Unknown members are refused. */
export const input =
  <T>() =>
  <S extends Shape<T>>(shape: Exact<T, S>): SchemaOf<T> =>
    asSchema<T>(z.strictObject(asRawShape(shape)))

/** An object within an answer, without a name of its own in the documents. Unknown members are let through. */
export const part =
  <T>() =>
  <S extends Shape<T>>(shape: Exact<T, S>): SchemaOf<T> =>
    asSchema<T>(z.looseObject(asRawShape(shape)))

/** An object of an answer under a name that is unique over all schemas. Unknown members are let through. */
export const model =
  <T>(id: string) =>
  <S extends Shape<T>>(shape: Exact<T, S>): SchemaOf<T> =>
    asSchema<T>(z.looseObject(asRawShape(shape)).meta({ id }))

/** A union told apart by `type`: one schema per type, none missing and none too many. */
export const union =
  <T extends { type: string }>() =>
  <A extends { [K in T['type']]: z.ZodType<Extract<T, { type: K }>> }>(
    arms: A & { [K in keyof A]: K extends T['type'] ? unknown : 'is no type of the union' },
  ): SchemaOf<T> => {
    const types = Object.keys(arms).join(', ')
    const error = (issue: { code?: string }): string | undefined =>
      issue.code === 'invalid_union' ? `must be one of ${types}` : undefined
    // The arms are object schemas by construction; zod asks for proof of the discriminator in their types.
    return asSchema<T>(z.discriminatedUnion('type', Object.values(arms) as unknown as [z.ZodObject], { error }))
  }

/** An object under a name of its own of which only some members are known; any other is of one schema. */
export const openPart =
  <T extends object>(id: string) =>
  (known: z.ZodRawShape, others: z.ZodType): SchemaOf<T> =>
    asSchema<T>(z.object(known).catchall(others).meta({ id }))

/**
 * A union and an arm beside it for what only a host knows. The arm's `type` must be of a form that no other has; then what
 * is wrong with the arms that are known is told (see `parseInput`), for what is of no form at all is none of the host's.
 */
export const openUnion = <T, Open>(known: SchemaOf<T>, open: SchemaOf<Open>): SchemaOf<T | Open> =>
  asSchema<T | Open>(z.union([known, open]))

/** The same members, each of which may be absent: what an update takes. */
export const optional = <S extends Record<string, z.ZodType>>(shape: S): { [K in keyof S]: z.ZodOptional<S[K]> } =>
  // Object.entries forgets which schema belongs to which member.
  Object.fromEntries(Object.entries(shape).map(([name, schema]) => [name, schema.optional()])) as {
    [K in keyof S]: z.ZodOptional<S[K]>
  }

/** Some of the members, by name. */
export const members = <S, Name extends keyof S>(shape: S, names: readonly Name[]): Pick<S, Name> =>
  // Object.fromEntries forgets which schema belongs to which member.
  Object.fromEntries(names.map((name) => [name, shape[name]])) as Pick<S, Name>

/** The compiler has compared the shape with the interface member by member; zod's own inference is not needed. */
const asRawShape = (shape: unknown): z.ZodRawShape => shape as z.ZodRawShape

/** See {@link asRawShape}. */
const asSchema = <T>(schema: z.ZodType): SchemaOf<T> => schema as unknown as SchemaOf<T>
