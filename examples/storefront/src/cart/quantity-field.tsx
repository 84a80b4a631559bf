/** What the field takes. */
export interface QuantityFieldProps {
  /** Of what, for the names of the buttons. */
  title: string
  quantity: number
  maximum: number
  set(quantity: number): unknown
}

/** How many: by buttons, or typed. What is out of range is not sent. */
export function QuantityField({ title, quantity, maximum, set }: QuantityFieldProps) {
  const change = (to: number) => {
    if (Number.isInteger(to) && to >= 1 && to <= maximum) set(to)
  }
  return (
    <fieldset className="quantity">
      <legend className="hidden">Quantity of {title}</legend>
      <button type="button" aria-label="One less" aria-disabled={quantity <= 1} onClick={() => change(quantity - 1)}>
        −
      </button>
      <input
        aria-label="Quantity"
        inputMode="numeric"
        value={quantity}
        onChange={(event) => change(Number(event.target.value))}
      />
      <button
        type="button"
        aria-label="One more"
        aria-disabled={quantity >= maximum}
        onClick={() => change(quantity + 1)}
      >
        +
      </button>
    </fieldset>
  )
}
