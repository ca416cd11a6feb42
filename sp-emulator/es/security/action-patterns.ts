import type { PrivilegeRow } from './cluster-privileges.ts'

/** Whether everything that fits the pattern `inner` fits `outer`; a star stands only at an end. */
function covers(outer: string, inner: string): boolean {
  return outer === inner || (outer.endsWith('*') && inner.startsWith(outer.slice(0, -1)))
}

/** Whether a privilege lets an action pass. */
export function allows({ grants, except = [] }: PrivilegeRow, action: string): boolean {
  return grants.some((pattern) => covers(pattern, action)) && !except.some((pattern) => covers(pattern, action))
}

/** Whether who has all of `held` has everything that `asked` allows. */
export function implies(held: readonly PrivilegeRow[], asked: PrivilegeRow): boolean {
  return asked.grants.every((pattern) => held.some((row) => grantsAllOf(row, pattern, asked.except ?? [])))
}

function grantsAllOf({ grants, except = [] }: PrivilegeRow, pattern: string, unasked: readonly string[]): boolean {
  const inTheWay = except.filter((exception) => overlap(exception, pattern))
  return (
    grants.some((granted) => covers(granted, pattern)) &&
    inTheWay.every((exception) => unasked.some((other) => covers(other, exception)))
  )
}

function overlap(one: string, other: string): boolean {
  return covers(one, other) || covers(other, one)
}
