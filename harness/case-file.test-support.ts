import { fileURLToPath } from 'node:url'

/** A file of `../shared/cases`: inputs that reproduce public reports and public files. */
export const caseFile = (path: string): string => fileURLToPath(new URL(`../../shared/cases/${path}`, import.meta.url))
