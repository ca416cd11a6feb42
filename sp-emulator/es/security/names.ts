const printableAscii = /^[\x20-\x7e]{1,1024}$/

/** What is wrong with the name of a user or a role, if anything (es:Validation). */
export function complaintsAboutName(kind: 'User' | 'Role', name: string): readonly string[] {
  if (printableAscii.test(name) && name === name.trim()) return []
  return [
    `${kind} names must be at least 1 and no more than 1024 characters. They can contain alphanumeric characters (a-z, A-Z, 0-9), ` +
      'spaces, punctuation, and printable symbols in the Basic Latin (ASCII) block. Leading or trailing whitespace is not allowed.',
  ]
}

/** Whether a key begins with `_`; those belong to the node. */
export const hasReservedKey = (metadata: Readonly<Record<string, unknown>>): boolean =>
  Object.keys(metadata).some((key) => key.startsWith('_'))
