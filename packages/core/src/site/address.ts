/** Where an operator is found from a host name or a site id: a row of the system's own table. */
export interface SiteAddress {
  /** `host:<name>` or `site:<id>`. */
  id: string
  /** Operator id. */
  operator: string
  /** Site id. */
  site: string
}

/** Key of a host name, lower case and without port. */
export const hostAddress = (host: string): string => `host:${host.toLowerCase().replace(/:\d+$/, '')}`

/** Key of a site id. */
export const siteAddress = (site: string): string => `site:${site}`
