/** How words are set off for who reads them. Each means something that its word or sign says too. */
export interface Inks {
  good(text: string): string
  bad(text: string): string
  strong(text: string): string
  faint(text: string): string
}

const asIs = (text: string) => text

export const plain: Inks = { good: asIs, bad: asIs, strong: asIs, faint: asIs }

const ink = (code: number) => (text: string) => `\u001b[${code}m${text}\u001b[0m`

/** For a terminal (ECMA-48 §8.3.117). */
export const coloured: Inks = { good: ink(32), bad: ink(31), strong: ink(1), faint: ink(2) }
