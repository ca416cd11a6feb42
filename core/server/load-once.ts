/** Answers how to get what `load` loads when somebody first asks. An import of its own for each call would cost each the search for the module. */
export function loadOnce<Loaded>(load: () => Promise<Loaded>): () => Promise<Loaded> {
  let loading: Promise<Loaded> | undefined
  return () => {
    loading ??= load()
    return loading
  }
}
