/**
 * Which of `shares` workers owns a patient: FNV-1a over the pseudonym, so that a patient's readings always meet in one
 * place, today and after a restart. Nothing in the lake depends on it.
 */
export function ownerOf(pseudonym: string, shares: number): number {
  if (shares === 1) return 0;
  let hash = 0x811c9dc5;
  for (let i = 0; i < pseudonym.length; i += 1) {
    hash = Math.imul(hash ^ pseudonym.charCodeAt(i), 0x01000193);
  }
  return (hash >>> 0) % shares;
}
