/** What a JSON document may hold. `undefined` is allowed as a property so that optional fields need no cast; storage drops it. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [name: string]: Json | undefined }

/** A JSON object, such as a record's `metadata`. */
export type JsonObject = { readonly [name: string]: Json | undefined }
