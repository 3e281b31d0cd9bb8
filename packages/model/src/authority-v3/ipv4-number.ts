/** An IPv4 address as the number that the interface has for it; null for anything else, and for 0.0.0.0, which it has not. */
export function ipv4Number(address: string): number | null {
  const parts = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/.exec(address)?.slice(1).map(Number);
  if (parts === undefined || parts.some((part) => part > 255)) return null;
  const value = parts.reduce((sum, part) => sum * 256 + part, 0);
  return value === 0 ? null : value;
}

/** The other way: `203.0.113.1` for 3405803777. */
export function ipv4Text(value: number): string {
  return [24, 16, 8, 0].map((bits) => Math.floor(value / 2 ** bits) % 256).join('.');
}
