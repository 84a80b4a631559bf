/** What kind of personal data a field can hold. */
export type PersonalDataKind = 'contact' | 'identity' | 'location' | 'learning'

/** A field's tag: its kind and how long it is kept. */
export interface PersonalDataTag {
  /** Kind of data. */
  kind: PersonalDataKind
  /** `until_erased`: until the person asks; `transient`: never stored. */
  retention: 'until_erased' | 'transient'
}
