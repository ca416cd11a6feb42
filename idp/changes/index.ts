/** The list of changes and what checks a wish for one. It is a door of its own, since it takes its time to load and nobody needs it before the first change. */

export { whyNever } from '../faults/why-never.ts'
export { changeSchema, describeChanges } from './change-list.ts'
export { ChangeRefusal, checkChange } from './check-change.ts'
