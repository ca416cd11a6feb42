/** Logs out by POST, so that no other site can (security T81). */
export function LogoutForm() {
  return (
    <form method="post" action="/api/security/logout">
      <button type="submit">Log out</button>
    </form>
  )
}
