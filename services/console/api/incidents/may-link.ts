/** True for an address that a page may link to. Addresses of posts and tips come from strangers. */
export function mayLink(address: string): boolean {
  return /^https?:\/\//i.test(address) && URL.canParse(address);
}
