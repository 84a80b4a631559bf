/** The legal entity that sells. Every order has one. */
export interface Seller {
  /** `sel_…` */
  id: string
  /** Name on invoices. */
  legalName: string
  /** Lines of the postal address. */
  address: readonly string[]
  /** ISO 3166-1 alpha-2. */
  country: string
  /** Tax numbers by jurisdiction. */
  taxRegistrations: readonly { country: string; number: string }[]
  /** ISO 4217 code of its books. */
  currency: string
  /** IANA zone in which its business days are counted. */
  timeZone: string
  /** Prefix of its invoice numbers. */
  invoicePrefix: string
}
