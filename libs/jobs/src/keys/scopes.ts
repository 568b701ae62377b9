/** What a key may be used for: to make and change jobs, to read, to administer keys and models, to watch the service. */
export const keyScopes = ['submit', 'read', 'admin', 'ops'] as const;

export type Scope = (typeof keyScopes)[number];
