/** `['campaigns', 0, 'id']` → `campaigns[0].id`. */
export function formatPath(path: readonly PropertyKey[]): string {
  if (path.length === 0) return '(whole document)';
  return path.reduce<string>((text, part) => {
    if (typeof part === 'number') return `${text}[${part}]`;
    return text === '' ? String(part) : `${text}.${String(part)}`;
  }, '');
}
