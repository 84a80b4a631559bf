/** Digits of a card number, perhaps grouped by spaces or hyphens. @see ISO/IEC 7812-1: at most 19 digits */
const RUN_OF_DIGITS = /\d(?:[ -]?\d){11,}/g

/** Whether a text holds what looks like a card number: 12 to 19 digits in a row whose check digit is right. */
export function holdsCardNumber(text: string): boolean {
  return (text.match(RUN_OF_DIGITS) ?? []).some((run) => holdsValidRun(run.replace(/\D/g, '')))
}

function holdsValidRun(digits: string): boolean {
  return digits.length <= 19 && passesLuhn(digits)
}

/** @see ISO/IEC 7812-1, annex B */
function passesLuhn(digits: string): boolean {
  let sum = 0
  for (let place = 0; place < digits.length; place += 1) {
    const digit = Number(digits[digits.length - 1 - place])
    const doubled = place % 2 === 1 ? digit * 2 : digit
    sum += doubled > 9 ? doubled - 9 : doubled
  }
  return sum % 10 === 0
}
