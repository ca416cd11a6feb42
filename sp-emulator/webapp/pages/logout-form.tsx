/** Logs out by POST, so that no other site can (security T81). */
export function LogoutForm({ basePath }: { readonly basePath: string }) {
  return (
    <form method="post" action={`${basePath}/api/security/logout`}>
      <button type="submit">Log out</button>
    </form>
  )
}
