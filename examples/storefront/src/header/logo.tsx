/** The campus's sign: an open book that is a roof too. */
export function Logo() {
  return (
    <svg className="logo" viewBox="0 0 32 32" aria-hidden="true">
      <rect width="32" height="32" rx="9" />
      <path d="M6.5 12.5 16 8l9.5 4.5-9.5 4.5zM10.5 15.5v6c3.3 2.3 7.7 2.3 11 0v-6" />
    </svg>
  )
}
