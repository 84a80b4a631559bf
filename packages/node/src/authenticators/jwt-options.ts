/** A key set as issuers publish it. */
export interface JsonWebKeySet {
  /** Public keys, RFC 7517. */
  readonly keys: readonly Readonly<Record<string, unknown>>[]
}

/** Where the keys come from that tokens are signed with: one of three. */
export type JwtKeys =
  | {
      /** Address of the issuer's key set. Fetched when first needed, then every ten minutes; kept while it cannot be. */
      jwksUrl: string
      /** @default the platform's */
      fetch?: typeof fetch | undefined
    }
  | {
      /** The key set itself. */
      jwks: JsonWebKeySet
    }
  | {
      /** A secret shared with the issuer, for HS256; at least 32 bytes in UTF-8. */
      secret: string
    }

/** Which claims say what. */
export interface JwtClaims {
  /** The customer's or staff member's id. @default 'sub' */
  id?: string | undefined
  /** Roles of staff: `["support", "catalog@sit_books"]`. Who has one is staff, anyone else a customer, also by an empty list. @default 'bursar_roles' */
  roles?: string | undefined
  /** Ids of a customer's organisations. @default 'bursar_organisations' */
  organisations?: string | undefined
}

/** Whose tokens a `jwtAuthenticator` takes, and how it reads them. */
export type JwtAuthenticatorOptions = JwtKeys & {
  /** The `iss` that a token must have. */
  issuer: string
  /** The `aud` that a token must have. */
  audience: string
  /** Which claims say what. @default see {@link JwtClaims} */
  claims?: JwtClaims | undefined
  /** Operator at whose sites this issuer counts; needed where one process serves several. @default every operator's */
  operator?: string | undefined
  /** What a token of another issuer is: wrong, or for the next authenticator. @default 'refuse' */
  otherIssuers?: 'refuse' | 'pass' | undefined
  /** Milliseconds since 1970. @default the system's clock */
  now?: (() => number) | undefined
}
