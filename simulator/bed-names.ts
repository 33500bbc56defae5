/** `ICU-07`: ward and number within the ward, from 1. */
export function bedName(ward: string, number: number): string {
  return `${ward}-${String(number).padStart(2, '0')}`;
}

/** `MON-0123`: numbered through the hospital, from 1. */
export function deviceName(number: number): string {
  return `MON-${String(number).padStart(4, '0')}`;
}
