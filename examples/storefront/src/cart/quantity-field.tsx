import { useState } from 'react'

/** What the field takes. */
export interface QuantityFieldProps {
  /** Of what, for the names of the buttons. */
  title: string
  quantity: number
  maximum: number
  set(quantity: number): unknown
}

/** How many: by buttons, or typed and left or ended with Enter. What is out of range is not sent, and said. */
export function QuantityField({ title, quantity, maximum, set }: QuantityFieldProps) {
  /** What is being typed: on the way to a number it may be none, such as an empty field. */
  const [typed, setTyped] = useState<string>()
  const [isOut, setOut] = useState(false)
  const change = (to: number) => {
    const isIn = Number.isInteger(to) && to >= 1 && to <= maximum
    setOut(!isIn)
    if (isIn && to !== quantity) set(to)
  }
  /** By a button: at an end it does nothing, as it says itself. */
  const step = (to: number) => {
    if (to > quantity && quantity >= maximum) setOut(false)
    else change(Math.min(Math.max(to, 1), maximum))
  }
  const commit = () => {
    if (typed !== undefined) change(Number(typed))
    setTyped(undefined)
  }
  return (
    <>
      {isOut && (
        <p role="alert" className="line-problem">
          The quantity is a whole number from 1 to {maximum}.
        </p>
      )}
      <fieldset className="quantity">
        <legend className="hidden">Quantity of {title}</legend>
        <button type="button" aria-label="One less" aria-disabled={quantity <= 1} onClick={() => step(quantity - 1)}>
          −
        </button>
        <input
          aria-label="Quantity"
          inputMode="numeric"
          value={typed ?? quantity}
          onChange={(event) => {
            setTyped(event.target.value)
            setOut(false)
          }}
          onBlur={commit}
          onKeyDown={(event) => {
            if (event.key === 'Enter') commit()
            if (event.key === 'Escape') {
              setTyped(undefined)
              setOut(false)
            }
          }}
        />
        <button
          type="button"
          aria-label="One more"
          aria-disabled={quantity >= maximum}
          onClick={() => step(quantity + 1)}
        >
          +
        </button>
      </fieldset>
    </>
  )
}
