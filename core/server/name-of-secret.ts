import { createHash } from 'node:crypto'

/** By what a secret is called where it must not stand: the same at all times, and no way back from it to a secret that has 128 random bits. */
export const nameOfSecret = (secret: string): string => createHash('sha256').update(secret).digest('hex').slice(0, 20)
