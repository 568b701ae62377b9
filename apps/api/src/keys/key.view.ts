import type { KeyRecord, Scope } from '#jobs';

/** A key as administrators see it: all but the key itself and its hash. */
export interface KeyView {
  id: string;
  owner: string;
  scopes: readonly Scope[];
  name: string | null;
  createdAt: string;
  /** To the minute; null: never. */
  lastUsedAt: string | null;
  revokedAt: string | null;
}

export function toKeyView({ id, owner, scopes, name, createdAt, lastUsedAt, revokedAt }: KeyRecord): KeyView {
  return {
    ...{ id, owner, scopes, name },
    createdAt: toIso(createdAt),
    lastUsedAt: lastUsedAt === undefined ? null : toIso(lastUsedAt),
    revokedAt: revokedAt === undefined ? null : toIso(revokedAt),
  };
}

function toIso(timeMs: number): string {
  return new Date(timeMs).toISOString();
}
