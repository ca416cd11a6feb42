/** What each family of stories is about, in the order of the catalogue. */
export const families: Readonly<Record<string, string>> = {
  login: 'Logins, with which every other story begins.',
  logout: 'Logouts as they should be, and what is nearest to them.',
  signature: 'The signature over the query of a LogoutRequest by redirect.',
  encoding: 'Compression, escapes and the XML of a LogoutRequest.',
  principal: 'Who is logged out: how a LogoutRequest names the session, and whom Elasticsearch finds by that.',
  address: 'Where messages go, by which binding, and what they say of it.',
  answer: 'What becomes of the LogoutResponse of the IdP.',
  realms: 'Several ways to log in to one application: two IdPs with a realm for each, and passwords.',
  time: 'Expiry, replays, and the order in which things happen.',
  network: 'What the network between browsers and parties does to a logout.',
  partners: 'Several service providers in one session of the IdP, some of which behave badly.',
  browser: 'Cookies, tabs, scripts, clicks.',
}
