/** The list of changes and what checks a wish for one, which take their time to load: nobody needs them before the first. */
export const loadChanges = async () => {
  const [{ changeSchema, describeChanges }, { ChangeRefusal, checkChange }] = await Promise.all([
    import('./change-list.ts'),
    import('./check-change.ts'),
  ])
  return { changeSchema, describeChanges, ChangeRefusal, checkChange }
}
