import { useCart, useMoney } from '@bursar/react'
import { type FormEvent, useState } from 'react'
import { whyNot } from './why-not.ts'

/** Codes: what was typed, what each does, and why one does nothing. */
export function CodeForm() {
  const { codes, errors, applyCode, removeCode, dismissError } = useCart()
  const currency = useCart((cart) => cart.quote?.currency ?? '')
  const { format } = useMoney()
  const [typed, setTyped] = useState('')
  const refused = errors.filter(({ command }) => command === 'applyCode')
  const apply = (event: FormEvent) => {
    event.preventDefault()
    const code = typed.trim()
    if (code === '') return
    for (const { id } of refused) dismissError(id)
    setTyped('')
    void applyCode(code)
  }
  return (
    <form className="codes" onSubmit={apply}>
      <label htmlFor="code">Code</label>
      <div className="codes-row">
        <input
          id="code"
          value={typed}
          autoComplete="off"
          autoCapitalize="characters"
          aria-describedby="code-refused"
          aria-invalid={refused.length > 0}
          onChange={(event) => setTyped(event.target.value)}
        />
        <button type="submit" className="button">
          Apply
        </button>
      </div>
      <div id="code-refused" role="alert">
        {refused.map(({ id, error }) => (
          <p key={id} className="field-error">
            {error.code === 'invalid_input' ? 'This code is not valid.' : error.message}
          </p>
        ))}
      </div>
      <ul className="code-list" aria-label="Your codes">
        {codes.map((one) => {
          const { id, code, applied, pending } = one
          return (
            <li key={id ?? code} aria-busy={pending}>
              <span className={applied ? 'code is-applied' : 'code'}>{code}</span>
              <span role="status" className={applied || pending ? undefined : 'code-why'}>
                {pending ? 'checking …' : applied ? 'applied' : whyNot(one, (amount) => format(amount, currency))}
              </span>
              {id !== null && (
                <button type="button" className="button button-quiet" onClick={() => removeCode(id)}>
                  Remove<span className="hidden"> the code {code}</span>
                </button>
              )}
            </li>
          )
        })}
      </ul>
    </form>
  )
}
