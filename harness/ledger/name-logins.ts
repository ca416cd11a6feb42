interface NamedLogin {
  readonly party: string
  /** The place of the login in the journal; null where it does not stand there. */
  readonly loggedIn: number | null
}

/** What each login is called among these: by its party, and by its number in the order of logins where the party has several. */
export function nameLogins(logins: readonly NamedLogin[]): readonly string[] {
  const inOrder = logins.toSorted((a, b) => placeOf(a) - placeOf(b))
  return logins.map((login) => {
    const ofParty = inOrder.filter(({ party }) => party === login.party)
    return ofParty.length === 1 ? login.party : `${login.party}, login ${ofParty.indexOf(login) + 1}`
  })
}

const placeOf = ({ loggedIn }: NamedLogin): number => loggedIn ?? Number.MAX_SAFE_INTEGER
