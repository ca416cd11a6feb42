type Given<T> = { [K in keyof T]?: Exclude<T[K], undefined> }

/** Without the entries that were not given, so that they do not hide a default. */
export function given<T extends object>(options: T): Given<T> {
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined)) as Given<T>
}
